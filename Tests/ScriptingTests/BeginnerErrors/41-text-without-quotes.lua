return {
  sms = function(touch)
    return Hello
  end,
}
