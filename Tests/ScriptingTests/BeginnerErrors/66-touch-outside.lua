local name = touch.first_name

return {
  sms = function(touch)
    return "Hi " .. name
  end,
}
