return {
  sms = function(touch)
    "Hi, your car is ready"
  end,
}
