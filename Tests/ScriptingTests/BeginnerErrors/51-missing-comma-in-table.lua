return {
  sms = function(touch)
    return "Hi"
  end
  email = function(touch)
    return nil
  end,
}
