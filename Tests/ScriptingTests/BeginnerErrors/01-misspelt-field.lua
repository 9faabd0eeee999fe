return {
  sms = function(touch)
    local item, when = touch.item, touch.visit_day
    return when .. " measured " .. item.descripton
  end,
}
