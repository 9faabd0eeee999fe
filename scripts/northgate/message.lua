-- What Northgate says: its own day-10 e-mail, and a call sheet that reminds advisors of the free inspection.
local say = require "say"
local wording = require "wording"

return {
  email = function(touch)
    if touch.kind ~= "condition" then return nil end
    local text = say.fill("[Hi {first_name},|Hello,]\n\n"
      .. "Here is where your {vehicle} stands since {visit_day}[, at {mileage} miles].\n"
      .. "[We measured {condition}.\n]Still open: {items}.\n\n"
      .. "We gladly look again, at no charge: reply to this message or choose a time at {booking_link}\n\n{rooftop}", touch)
    return text and { subject = "Where your " .. touch.vehicle.name .. " stands: " .. touch.item.name, text = text }
  end,

  call = function(touch)
    return wording.call(touch) .. "\nOffer: a second look at no charge."
  end,
}
