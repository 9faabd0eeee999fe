return {
  sms = function(touch)
    return "Day " .. touch.visit_day - 1
  end,
}
