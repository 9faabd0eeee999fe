return {
  sms = function(touch)
    if touch.first_name == None then
      return "Hi"
    end
  end,
}
