local say = require "say"

describe("say.fill", function()
  it("fills every placeholder", function()
    local touch = given.touch { kind = "season", season = "winter" }
    expect(say.fill("{first_name}/{item}/{visit_day}/{condition}/{model}/{vehicle}", touch))
      :equals "Maria/rear brake pads and rotors/Tuesday, March 3/rear brake pads at 3 mm/Bolt EV/2016 Ford Bolt EV"
    expect(say.fill("{mileage}/{rooftop}/{phone}/{booking_link}/{season}/{items}", touch))
      :equals "48,210/Hillside Ford/(312) 555-0142/https://book.example/h/k3/winter/rear brake pads and rotors"
  end)

  it("takes the first alternative that has its data", function()
    local template = "[Hi {first_name}, |Hello, ]the {item}[ at {mileage} miles]."
    expect(say.fill(template, given.touch())):equals "Hi Maria, the rear brake pads and rotors at 48,210 miles."
    local bare = given.touch { first_name = given.missing, repair_order = { mileage = given.missing } }
    expect(say.fill(template, bare)):equals "Hello, the rear brake pads and rotors."
  end)

  it("gives nil rather than a gap", function()
    expect(say.fill("Hi {first_name}!", given.touch { first_name = given.missing })):is_nil()
    expect(say.fill("Hi {first_name}!", given.touch { first_name = "" })):is_nil()
    expect(say.fill("It is {season}.", given.touch())):is_nil()
  end)

  it("points out what is wrong with a template, at the script's line", function()
    for template, words in pairs {
      ["Hi {firstname}"] = "has no placeholder {firstname}; did you mean {first_name}?",
      ["Hi {first name}"] = "did you mean {first_name}?",
      ["{xyzzyx}"] = "it has {",
      ["Hi {first_name"] = "has a { without its }",
      ["[Hi"] = "has a [ without its ]",
      ["[a [b]]"] = "has a [ inside a [",
    } do
      expect(function() say.fill(template, given.touch()) end):errors(words)
      expect(function() say.fill(template, given.touch()) end):errors "say_test.lua"
    end
  end)

  it("leaves what the data says as it is", function()
    expect(say.fill("Hi {first_name}", given.touch { first_name = "{item} [x] %1" })):equals "Hi {item} [x] %1"
  end)
end)

describe("words", function()
  it("lists and counts", function()
    expect(say.list {}):is_nil()
    expect(say.list { "a" }):equals "a"
    expect(say.list { "a", "b" }):equals "a and b"
    expect(say.list { "a", "b", "c" }):equals "a, b and c"
    expect(say.count(0, "item")):equals "no items"
    expect(say.count(1, "item")):equals "one item"
    expect(say.count(2, "battery", "batteries")):equals "two batteries"
    expect(say.count(11, "item")):equals "11 items"
  end)

  it("writes money and phone numbers as people do", function()
    for cents, text in pairs { [0] = "$0.00", [5] = "$0.05", [41250] = "$412.50", [123450] = "$1,234.50", [100000000] = "$1,000,000.00", [-1000] = "-$10.00" } do
      expect(say.money(cents)):equals(text)
    end
    expect(say.money(nil)):is_nil()
    expect(say.phone "+13125550142"):equals "(312) 555-0142"
    expect(say.phone "+442079460958"):equals "+442079460958"
    expect(say.phone(nil)):is_nil()
  end)

  it("names the items, and says which are from another visit", function()
    local function items(...) return say.items(given.touch { items = { ... } }) end
    expect(items { name = "battery" }):equals "battery"
    expect(items({ name = "battery" }, { name = "tires" })):equals "battery and tires"
    expect(items({ name = "battery" }, { name = "pads and rotors" })):equals "battery, plus pads and rotors"
    expect(items({ name = "battery" }, { name = "tires", visit_on = "2026-01-05" })):equals "battery and tires from 1/5"
    expect(items({ name = "battery" }, { name = "tires" }, { name = "belt" })):equals "battery, and two more items"
  end)

  it("never gives the mileage of another visit", function()
    expect(say.fill("{mileage}", given.touch { repair_order = { closed_on = "2026-03-20" } })):is_nil()
  end)
end)
