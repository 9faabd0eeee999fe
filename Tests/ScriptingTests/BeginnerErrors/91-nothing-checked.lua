return {
  sms = function(touch)
    return "We measured " .. touch.item.condition.words .. " on " .. touch.visit_day .. ": your " .. touch.item.name .. ". Reply."
  end,
}
