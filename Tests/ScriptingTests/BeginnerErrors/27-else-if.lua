return {
  sms = function(touch)
    if touch.kind == "reminder" then
      return "Hi"
    else if touch.kind == "final" then
      return "Hello"
    end
  end,
}
