return {
  sms = function(touch)
    return true
  end,
}
