local message = require "message"
local wording = require "wording"

describe("the day-10 e-mail", function()
  it("says where the vehicle stands", function()
    local email = message.email(given.touch { kind = "condition", channel = "email" })
    expect(email):matches_snapshot()
    expect(email.subject):equals "Where your 2016 Ford Bolt EV stands: rear brake pads and rotors"
    expect(email.text):equals [[
Hi Maria,

Here is where your 2016 Ford Bolt EV stands since Tuesday, March 3, at 48,210 miles.
We measured rear brake pads at 3 mm.
Still open: rear brake pads and rotors.

We gladly look again, at no charge: reply to this message or choose a time at https://book.example/h/k3

Hillside Ford]]
  end)

  property("leaves out what the touch lacks, and has no price", given.any.touch { kind = "condition" }, function(touch)
    local text = message.email(touch).text
    expect(text):matches(touch.first_name and "^Hi " or "^Hello,")
    expect(text:find(", at [%d,]+ miles%.\n") ~= nil):equals(touch.repair_order.mileage ~= nil)
    expect(text:find("\nWe measured", 1, true) ~= nil):equals(touch.item.condition ~= nil)
    expect(text):lacks "$"
    expect(text):lacks "{"
  end)
end)

it.each("the {1} e-mail is the standard wording", { { "reminder" }, { "final" }, { "season" } }, function(kind)
  expect(message.email(given.touch { kind = kind, channel = "email" })):is_nil()
end)

it("the call sheet is the standard one, and ends with the second look", function()
  local touch = given.touch { channel = "call" }
  expect(message.call(touch)):equals(wording.call(touch) .. "\nOffer: a second look at no charge.")
end)
