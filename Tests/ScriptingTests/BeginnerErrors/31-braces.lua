return {
  sms = function(touch)
    if (touch.kind == "reminder") {
      return "Hi"
    }
  end,
}
