local message = {}

function message:sms(touch)
  return "Hi " .. touch.first_name
end

return message
