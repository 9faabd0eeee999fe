return {
  sms = function(touch)
    return "Your " .. touch.items .. " are next"
  end,
}
