local message = require "message"

describe("the day-10 e-mail", function()
  it("says where the vehicle stands", function()
    local email = message.email(given.touch { kind = "condition", channel = "email" })
    expect(email.subject):equals "Where your 2016 Ford Bolt EV stands: rear brake pads and rotors"
    expect(email.text):contains "at 48,210 miles"
    expect(email.text):contains "We measured rear brake pads at 3 mm."
    expect(email.text):lacks "$"
  end)

  it("leaves out what the repair order lacks", function()
    local email = message.email(given.touch {
      kind = "condition", first_name = given.missing,
      repair_order = { mileage = given.missing }, item = { condition = given.missing },
    })
    expect(email.text):matches "^Hello,"
    expect(email.text):lacks "miles"
    expect(email.text):lacks "measured"
  end)
end)

describe("the call sheet", function()
  it("ends with the second look", function()
    expect(message.call(given.touch { channel = "call" })):matches "no charge%.$"
  end)
end)
