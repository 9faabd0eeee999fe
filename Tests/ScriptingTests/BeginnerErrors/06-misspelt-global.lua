return {
  sms = function(touch)
    return tostrin(touch.day)
  end,
}
