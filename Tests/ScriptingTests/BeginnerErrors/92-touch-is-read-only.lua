return {
  sms = function(touch)
    touch.first_name = "friend"
    return nil
  end,
}
