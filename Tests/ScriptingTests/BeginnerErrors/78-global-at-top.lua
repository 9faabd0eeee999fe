greeting = "Hi "

return {
  sms = function(touch)
    return greeting
  end,
}
