local message = require "message"

describe("the winter text", function()
  it("names every item of a visit with two", function()
    local text = message.sms(given.touch {
      kind = "season", season = "winter",
      items = { { name = "front struts" }, { name = "four tires" } },
    })
    expect(text):contains "front struts and four tires still open"
    expect(text):segments_at_most(2)
  end)

  it("is for winter alone", function()
    expect(message.sms(given.touch { kind = "season", season = "summer" })):is_nil()
  end)
end)

describe("a fleet", function()
  it("gets no day-3 reminder", function()
    local reminder = message.sms(given.touch { customer = { business = true } })
    expect(reminder):equals(skip "fleets get no reminder")
  end)

  it("gets the day-10 text", function()
    expect(message.sms(given.touch { kind = "condition", customer = { business = true } })):is_nil()
  end)
end)
