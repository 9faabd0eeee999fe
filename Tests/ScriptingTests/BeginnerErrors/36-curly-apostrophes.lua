return {
  sms = function(touch)
    return ‘Hi, your car is ready’
  end,
}
