return {
  sms = function(touch)
    return "Your " .. touch.items[0].name
  end,
}
