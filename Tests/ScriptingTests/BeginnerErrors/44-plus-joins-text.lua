return {
  sms = function(touch)
    return "Hi " + touch.first_name
  end,
}
