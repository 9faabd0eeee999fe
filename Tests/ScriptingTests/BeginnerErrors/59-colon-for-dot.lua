local say = require "say"

return {
  sms = function(touch)
    return say:fill("Hi {first_name}, {items} of {visit_day}", touch)
  end,
}
