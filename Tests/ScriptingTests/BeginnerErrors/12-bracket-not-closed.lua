local say = require "say"

return {
  sms = function(touch)
    return say.fill("[Hi {first_name}, |Hello, your {items} of {visit_day}", touch)
  end,
}
