local channel = require "channel"

local function after(status, by)
  return channel.choose(given.touch {
    kind = "condition", previous = { { kind = "reminder", channel = by, status = status, sent_on = "2026-03-06" } },
  })
end

describe("the channel", function()
  it("is e-mail after a text that did not arrive", function()
    expect(after("undelivered", "sms")):equals "email"
  end)

  it("is the customer's own otherwise", function()
    expect(after("delivered", "sms")):is_nil()
    expect(after("undelivered", "email")):is_nil()
    expect(channel.choose(given.touch())):is_nil()
  end)
end)
