local message = {}

function message.sms(touch)
  return "Hi"
end
