return {
  "sms" = function(touch)
    return "Hi"
  end,
}
