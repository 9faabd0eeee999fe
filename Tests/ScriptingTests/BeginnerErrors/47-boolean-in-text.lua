return {
  sms = function(touch)
    return "Late: " .. touch.late
  end,
}
