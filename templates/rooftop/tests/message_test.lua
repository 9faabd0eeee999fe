-- What must stay true of the messages. Run with: revisit test scripts/mystore
local message = require "message"

describe("the day-3 text", function()
  it("names the measurement", function()
    -- given.touch makes a whole touch; write only what this test is about.
    local text = message.sms(given.touch { item = { condition = { measure = "brake_pad_rear", value = 3, unit = "mm" } } })
    expect(text):contains "rear brake pads at 3 mm"
    expect(text):segments_at_most(2)
  end)

  it("reads well when little is known", function()
    local text = message.sms(given.touch {
      first_name = given.missing, vehicle = { year = given.missing, make = given.missing, model = given.missing },
      item = { condition = given.missing },
    })
    expect(text):matches "^Hello, "
    expect(text):contains "your vehicle was in on Tuesday, March 3 rear brake pads and rotors stayed open"
  end)
end)

describe("the later texts", function()
  it.each("are the standard wording: {1}", { { "condition" }, { "final" }, { "season" } }, function(kind)
    expect(message.sms(given.touch { kind = kind })):is_nil()
  end)
end)

property("no text shows a gap", given.any.touch { kind = "reminder" }, function(touch)
  expect(message.sms(touch)):lacks "nil"
end)
