return {
  sms = function()
    return "Hi " .. touch.first_name
  end,
}
