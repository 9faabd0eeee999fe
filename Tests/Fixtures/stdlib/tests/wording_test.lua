local message_rules, wording = require "message_rules", require "wording"

describe("each kind", function()
  local function sms(changes) return wording.sms(given.touch(changes)) end

  it("has its own intent (R9, R10, R11, R6)", function()
    expect(sms { kind = "reminder" }):contains "Questions, or want a time?"
    expect(sms { kind = "condition" }):contains "here is where your Bolt EV stands"
    expect(sms { kind = "final" }):contains "closing the loop"
    expect(sms { kind = "season", season = "winter" }):contains "winter is on its way"
    expect(sms { kind = "season", season = "summer" }):contains "summer trips are coming up"
  end)

  it("greets a business without a name of anyone", function()
    expect(sms { first_name = given.missing, customer = { business = true } }):matches "^Hello, "
  end)

  it("doesn't put another visit's work, or its mileage, into this one", function()
    local merged = { items = { {}, { name = "wiper blades", visit_on = "2026-02-05" } }, repair_order = { closed_on = "2026-02-05" } }
    expect(sms(merged)):lacks "left"
    expect(sms(merged)):contains "wiper blades from 2/5"
    local email = wording.email(given.touch(merged)).text
    expect(email):lacks "Left for later"
    expect(email):lacks "miles"
    expect(email):contains "wiper blades from 2/5"
  end)
end)

describe("a text that would be too long", function()
  it("gives up its frills first and keeps the work, the day and the link", function()
    local touch = given.touch {
      first_name = "Bartholomew", rooftop = { name = "Northgate Premium Motors of the Greater Fox Cities" },
      vehicle = { model = "Grand Cherokee Overland Summit" }, booking_link = "https://book.example.com/northgate/" .. ("k"):rep(30),
      items = { { name = "timing belt and water pump", category = "timing_belt" }, { name = "front brake pads and rotors" }, { name = "battery" } },
    }
    local text = wording.sms(touch)
    expect(text .. " Reply STOP to opt out."):segments_at_most(2)
    message_rules.lint(text, touch)
  end)

  it("writes a name outside GSM-7 plainly rather than double the text", function()
    expect(wording.sms(given.touch { first_name = "Łukasz" }) .. " Reply STOP to opt out."):segments_at_most(2)
  end)
end)
