return {
  sms = function(touch)
    return string.formt("Hi %s", touch.first_name)
  end,
}
