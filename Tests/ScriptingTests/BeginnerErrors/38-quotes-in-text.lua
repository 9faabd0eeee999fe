return {
  sms = function(touch)
    return "Your "rear" brakes are next"
  end,
}
