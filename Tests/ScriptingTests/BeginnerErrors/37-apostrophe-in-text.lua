return {
  sms = function(touch)
    return 'Hi, it's time for your brakes'
  end,
}
