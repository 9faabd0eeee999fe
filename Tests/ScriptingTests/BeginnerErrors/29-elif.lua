return {
  sms = function(touch)
    if touch.kind == "reminder" then
      return "Hi"
    elif touch.kind == "final" then
      return "Hello"
    end
  end,
}
