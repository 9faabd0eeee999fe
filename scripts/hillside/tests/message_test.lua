local message = require "message"
local channel = require "channel"

describe("the day-3 text", function()
  it("leads with the measurement and says all that it knows", function()
    expect(message.sms(given.touch())):matches_snapshot()
    expect(message.sms(given.touch())):equals("Hi Maria, Hillside Ford here. When your Bolt EV was in on Tuesday, March 3 we measured "
      .. "rear brake pads at 3 mm, so rear brake pads and rotors are next. Shall we find a time? Reply, or book: https://book.example/h/k3")
  end)

  it("greets someone whose name we lack", function()
    expect(message.sms(given.touch { first_name = given.missing })):matches "^Hello, Hillside Ford here"
  end)

  property("fits two segments without a price, or leaves the words to the standard", given.any.touch {
    kind = "reminder", rooftop = { name = "Hillside Ford" }, vehicle = { model = "Bolt EV" }, first_name = "Maria",
  }, function(touch)
    local text = message.sms(touch)
    if not touch.item.condition then return expect(text):is_nil() end
    expect(text):contains(touch.item.condition.words)
    expect(text):lacks "$"
    expect(text):segments_at_most(2)
  end)
end)

it.each("the {1} text is the standard wording", { { "condition" }, { "final" }, { "season" } }, function(kind)
  expect(message.sms(given.touch { kind = kind })):is_nil()
end)

describe("the channel", function()
  it.each("after a text that was {1} is {2}", {
    { "undelivered", "email" }, { "delivered" }, { "failed" },
  }, function(status, choice)
    local sent = { kind = "reminder", channel = "sms", status = "delivered", sent_on = "2026-03-06" }
    local last = { kind = "condition", channel = "sms", status = status, sent_on = "2026-03-13" }
    expect(channel.choose(given.touch { kind = "final", previous = { sent, last } })):equals(choice)
  end)

  it("is the customer's own on the first touch", function()
    expect(channel.choose(given.touch())):is_nil()
  end)
end)
