return {
  sms = function(touch)
    if touch.first_name == null then
      return "Hi"
    end
  end,
}
