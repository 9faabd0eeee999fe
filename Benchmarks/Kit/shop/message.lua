-- What Hillside says. A kind or channel that isn't here, or a text that lacks data, gets the standard wording.
local say = require "say"

return {
  sms = function(touch)
    if touch.kind == "reminder" then
      return say.fill("[Hi {first_name}, |Hello, ]{rooftop} here. When your {model} was in on {visit_day} we measured {condition}, "
        .. "so {item} are next. Shall we find a time? Reply, or book: {booking_link}", touch)
    end
  end,
}
