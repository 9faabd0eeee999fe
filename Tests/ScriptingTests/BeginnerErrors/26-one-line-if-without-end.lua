return {
  sms = function(touch)
    if touch.late then return nil
    return "Hi"
  end,
}
