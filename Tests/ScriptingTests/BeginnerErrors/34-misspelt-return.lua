return {
  sms = function(touch)
    retrun "Hi"
  end,
}
