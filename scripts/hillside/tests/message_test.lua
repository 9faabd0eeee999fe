local message = require "message"
local channel = require "channel"

describe("the day-3 text", function()
  it("leads with the measurement and fits two segments", function()
    local text = message.sms(given.touch { item = { condition = { measure = "brake_pad_rear", value = 2, unit = "mm" } } })
    expect(text):contains "rear brake pads at 2 mm"
    expect(text):contains "Tuesday, March 3"
    expect(text):lacks "$"
    expect(text):segments_at_most(2)
  end)

  it("greets someone whose name we lack", function()
    expect(message.sms(given.touch { first_name = given.missing })):matches "^Hello, Hillside Ford"
  end)

  it("leaves work without a measurement to the standard wording", function()
    expect(message.sms(given.touch { item = { condition = given.missing } })):is_nil()
  end)
end)

describe("the later texts", function()
  it("are the standard wording", function()
    for _, kind in ipairs { "condition", "final", "season" } do
      expect(message.sms(given.touch { kind = kind })):is_nil()
    end
  end)
end)

describe("the channel", function()
  local function after(status)
    return channel.choose(given.touch {
      kind = "condition",
      previous = { { kind = "reminder", channel = "sms", status = status, sent_on = "2026-03-06" } },
    })
  end

  it("is e-mail after a text that did not arrive", function()
    expect(after "undelivered"):equals "email"
  end)

  it("is the customer's own otherwise", function()
    expect(after "delivered"):is_nil()
    expect(channel.choose(given.touch())):is_nil()
  end)
end)
