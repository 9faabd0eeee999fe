local say = require "say"

return {
  sms = function(touch)
    return say.fill("Hi {first_name}", touch
  end,
}
