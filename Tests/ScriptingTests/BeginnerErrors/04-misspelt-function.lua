local say = require "say"

return {
  sms = function(touch)
    return say.fil("Hi {first_name}, {items} from {visit_day}", touch)
  end,
}
