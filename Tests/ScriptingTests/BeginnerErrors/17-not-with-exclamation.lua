return {
  sms = function(touch)
    if !touch.late then
      return "Hi"
    end
  end,
}
