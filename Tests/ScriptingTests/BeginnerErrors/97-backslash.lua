return {
  sms = function(touch)
    return "see C:\data"
  end,
}
