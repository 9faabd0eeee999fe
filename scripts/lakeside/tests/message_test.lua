local message = require "message"

local winter = { kind = "season", season = "winter" }

describe("the winter text", function()
  it("says all that it knows", function()
    expect(message.sms(given.touch(winter))):matches_snapshot()
    expect(message.sms(given.touch(winter))):equals("Hi Maria, the first snow is near. Hillside Ford has your Tuesday, March 3 notes: "
      .. "rear brake pads at 3 mm, and rear brake pads and rotors still open. Reply, or pick a day before the rush: https://book.example/h/k3")
  end)

  it("names every item of a visit with two, to anybody", function()
    local text = message.sms(given.touch {
      kind = "season", season = "winter", first_name = given.missing, items = { { name = "front struts" }, { name = "four tires" } },
    })
    expect(text):matches "^Hello, the first snow"
    expect(text):contains "notes: front struts and four tires still open"
  end)

  property("names the work and fits two segments", given.any.touch {
    kind = "season", season = "winter", first_name = "Maria", rooftop = { name = "Lakeside" }, items = { {}, { name = "battery" } },
  }, function(touch)
    local text = message.sms(touch)
    expect(text):contains(touch.item.name)
    expect(text):segments_at_most(2)
  end)
end)

it.each("the {kind} text of {season} is the standard wording", {
  { kind = "reminder", season = "no season" }, { kind = "condition", season = "no season" }, { kind = "final", season = "no season" },
  { kind = "season", season = "summer" },
}, function(row)
  expect(message.sms(given.touch { kind = row.kind, season = row.kind == "season" and row.season or nil })):is_nil()
end)

describe("a fleet", function()
  it("gets no day-3 reminder", function()
    expect(message.sms(given.touch { customer = { business = true } })):is_skipped "fleets get no reminder"
  end)

  it("gets the later texts", function()
    expect(message.sms(given.touch { kind = "condition", customer = { business = true } })):is_nil()
    expect(message.sms(given.touch { kind = "season", season = "winter", customer = { business = true } })):matches "^Hello, the first snow"
  end)
end)
