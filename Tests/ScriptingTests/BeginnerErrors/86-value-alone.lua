return {
  sms = function(touch)
    touch.first_name
  end,
}
