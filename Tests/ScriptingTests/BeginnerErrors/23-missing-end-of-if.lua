return {
  sms = function(touch)
    if touch.kind == "reminder" then
      return "Hi"
  end,
}
