return {
  sms = function(touch)
    return "Hi " .. touch.frist_name .. ", your car is ready"
  end,
}
