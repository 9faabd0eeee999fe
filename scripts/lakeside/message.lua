-- What Lakeside says: winter preparation in its own words, and no reminders to fleets, whose manager calls us.
local say = require "say"

return {
  sms = function(touch)
    if touch.customer.business and touch.kind == "reminder" then return skip "fleets get no reminder" end
    if touch.kind == "season" and touch.season == "winter" then
      return say.fill("[Hi {first_name}, |Hello, ]the first snow is near. {rooftop} has your {visit_day} notes: "
        .. "[{condition}, and ]{items} still open. Reply, or pick a day before the rush: {booking_link}", touch)
    end
  end,
}
