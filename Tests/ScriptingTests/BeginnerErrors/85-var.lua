return {
  sms = function(touch)
    var name = touch.first_name
    return "Hi " .. name
  end,
}
