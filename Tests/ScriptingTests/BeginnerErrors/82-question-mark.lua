return {
  sms = function(touch)
    return touch.late ? "Sorry" : "Hi"
  end,
}
