local say = require "say"

return {
  sms = function(touch)
    return say.fill("[Hi {first_name}, |Hello, ]your {modle} was in on {visit_day}. Reply to book.", touch)
  end,
}
