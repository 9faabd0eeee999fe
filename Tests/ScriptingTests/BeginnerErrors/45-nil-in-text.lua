return {
  sms = function(touch)
    return "Hi " .. touch.first_name .. ", your " .. touch.item.name .. " of " .. touch.visit_day .. ": reply to book."
  end,
}
