local condition, vehicles, vin = require "condition", require "vehicles", require "vin"

describe("vin.repair", function()
  it("mends letters that a VIN can't have, and makes capitals", function()
    expect((vin.repair "JM1FAKE99AZOO8O1O")):equals "JM1FAKE99AZ008010"
    expect((vin.repair " 4t1fake53pz001006 ")):equals "4T1FAKE53PZ001006"
    expect((vin.repair "1FAFAKE0XNZ001001")):equals "1FAFAKE0XNZ001001"
  end)

  it("says why it gives nil", function()
    expect({ vin.repair "KNAFAKE15GZ018022" }):equals { nil, "has a wrong check digit" }
    expect({ vin.repair "KNAFAKE15GZ01802" }):equals { nil, "has 16 places, not 17" }
    expect({ vin.repair "" }):equals { nil, "has 0 places, not 17" }
    expect({ vin.repair "KNAFAKE15GZ-18022" }):equals { nil, "has a character that no VIN has" }
    expect({ vin.repair "TWO WORDS" }):equals { nil, "is not one word" }
  end)

  it("finds any single wrong digit", function()
    local right = "1FAFAKE0XNZ001001"
    for place = 12, 17 do
      for digit = 0, 9 do
        local text = right:sub(1, place - 1) .. digit .. right:sub(place + 1)
        expect({ text, vin.repair(text) ~= nil }):equals { text, text == right }
      end
    end
  end)
end)

describe("vin.check_digit", function()
  it("is what the other places make it", function()
    expect(vin.check_digit "1FAFAKE0XNZ001001"):equals "X"
    expect(vin.check_digit "1fafake00nz001001"):equals "X"
    expect(vin.check_digit "1FAFAKE0XNZ00100O"):is_nil()
    expect(vin.check_digit "SHORT"):is_nil()
    expect({ vin.repair(nil) }):equals { nil, "has 0 places, not 17" }
  end)
end)

describe("vehicles", function()
  it("says make codes in words and leaves other makes alone", function()
    expect(vehicles.make "TOYO"):equals "Toyota"
    expect(vehicles.make "volk"):equals "Volkswagen"
    expect(vehicles.make "Rivian"):equals "Rivian"
    expect(vehicles.make ""):is_nil()
    expect(vehicles.make(nil)):is_nil()
    expect(vehicles.make "SUBARU"):equals "Subaru"
    expect(vehicles.make "bmw"):equals "BMW"
  end)

  it("reads years of two and four digits", function()
    expect(vehicles.year "09"):equals(2009)
    expect(vehicles.year "70"):equals(1970)
    expect(vehicles.year "2026"):equals(2026)
    expect(vehicles.year(2015)):equals(2015)
    expect(vehicles.year(9.5)):is_nil()
    expect(vehicles.year(nil)):is_nil()
    for _, none in ipairs { "", "0", "123", "20x6", "-9", "02016" } do expect(vehicles.year(none)):is_nil() end
  end)

  it("reads whole miles", function()
    expect(vehicles.miles "73,211"):equals(73211)
    expect(vehicles.miles "73211.0"):equals(73211)
    expect(vehicles.miles "-5"):equals(-5)
    for _, none in ipairs { "", "N/A", "73211.4", "1e5" } do expect(vehicles.miles(none)):is_nil() end
    expect(vehicles.miles(73211)):equals(73211)
    expect({ vehicles.miles "" }):equals {}
    expect({ vehicles.miles(nil) }):equals {}
    expect({ vehicles.miles "N/A" }):equals { nil, "is no distance" }
  end)

  it("makes miles of kilometres", function()
    expect(vehicles.miles(226283, "KM")):equals(140606)
    expect(vehicles.miles("80118", "KMT")):equals(49783)
    expect(vehicles.miles("11,467", "km")):equals(7125)
    expect(vehicles.miles "117 820 km"):equals(73210)
    expect(vehicles.miles "48,210 MI"):equals(48210)
    expect(vehicles.miles("48210", "SMI")):equals(48210)
    expect(vehicles.miles(-5, "KM")):equals(-3)
    for _, unit in ipairs { "", "LEAGUES" } do expect({ vehicles.miles("5", unit) }):equals { nil, "has an unknown unit" } end
  end)
end)

describe("condition", function()
  it("reads each measurement and leaves the rest of the text", function()
    local cases = {
      ["PADS & ROTORS REAR PADS 3MM"] = { "PADS & ROTORS", "brake_pad_rear", 3, "mm" },
      ["FRT PADS 2.5MM [R]"] = { " [R]", "brake_pad_front", 2.5, "mm" },
      ["TIRES FRT TREAD 3/32"] = { "TIRES", "tire_tread_front", 3, "32nds" },
      ["RR TREAD 4/32 [Y]"] = { " [Y]", "tire_tread_rear", 4, "32nds" },
      ["REPLACE BATTERY BATT 310 CCA"] = { "REPLACE BATTERY", "battery_cca", 310, "cca" },
    }
    for text, wanted in pairs(cases) do
      local found, rest = condition.parse(text)
      expect({ rest, found.measure, found.value, found.unit }):equals(wanted)
    end
  end)

  it("reads other words, and takes out the figure alone", function()
    local cases = {
      ["REAR BRAKES 2MM"] = { "REAR BRAKES", "brake_pad_rear", 2, "mm" },
      ["REAR PADS AT 3 MM"] = { "REAR PADS", "brake_pad_rear", 3, "mm" },
      ["Front brake pads measured 2.5 mm [R]"] = { "Front brake pads measured [R]", "brake_pad_front", 2.5, "mm" },
      ["2 REAR TIRES 3/32"] = { "2 REAR TIRES", "tire_tread_rear", 3, "32nds" },
      ["4 TIRES 5/32NDS"] = { "4 TIRES", "tire_tread_front", 5, "32nds" },
      ["4/32 TREAD LF"] = { "TREAD LF", "tire_tread_front", 4, "32nds" },
      ["REAR TIRE TREAD 3MM"] = { "REAR TIRE TREAD", "tire_tread_rear", 4, "32nds" },
      ["REAR PADS 4/32"] = { "REAR PADS", "brake_pad_rear", 3.2, "mm" },
      ["BATTERY 295 CCA"] = { "BATTERY", "battery_cca", 295, "cca" },
      ["BATTERY RATED 650 CCA TESTED 310CCA"] = { "BATTERY RATED 650 CCA TESTED", "battery_cca", 310, "cca" },
      ["FRONT PADS 6MM, REAR PADS: 2MM"] = { "FRONT PADS, REAR PADS: 2MM", "brake_pad_front", 6, "mm" },
    }
    for text, wanted in pairs(cases) do
      local found, rest = condition.parse(text)
      expect({ text, rest, found and found.measure, found and found.value, found and found.unit }):equals { text, table.unpack(wanted) }
    end
  end)

  it("finds none where none is", function()
    local texts = { "", "REAR PADS LOW", "BATT TEST", "REPLACE 4 TIRES", "PADS 3MM", "REAR PADS 3-4MM", "TIRES 3/32", "REPLACE 10MM BOLT REAR",
      "ROTORS BELOW 22MM FRONT BRAKES", "3/3/32", "FRONT BRAKES 123456MM" }
    for _, text in ipairs(texts) do
      expect({ condition.parse(text) }):equals { nil, text }
    end
    expect({ condition.parse(nil) }):equals {}
  end)

  it("takes a measurement of three columns", function()
    expect(condition.of("brake_pad_rear", "1", "mm")):equals { measure = "brake_pad_rear", value = 1, unit = "mm" }
    expect(condition.of("tire_tread_front", 3, "32nds")):equals { measure = "tire_tread_front", value = 3, unit = "32nds" }
    expect(condition.of("battery_cca", "415", "CCA")):equals { measure = "battery_cca", value = 415, unit = "cca" }
    expect(condition.of("Rear Tire Tread", "3", "mm")):equals { measure = "tire_tread_rear", value = 4, unit = "32nds" }
    for _, none in ipairs { { "rotor", 3, "mm" }, { "brake_pad_rear", "low", "mm" }, { "brake_pad_rear", 3, "furlongs" }, { "brakes", 3, "mm" } } do
      expect(condition.of(none[1], none[2], none[3])):is_nil()
    end
    expect(condition.of(nil, nil, nil)):is_nil()
  end)

  it("reads a severity's own column", function()
    for word, severity in pairs { IMMEDIATE = "red", Red = "red", SOON = "yellow", future_attention = "yellow", Y = "yellow" } do
      expect({ word, condition.rating(word) }):equals { word, severity }
    end
    for _, none in ipairs { "", "GREEN", "OK" } do expect(condition.rating(none)):is_nil() end
    expect(condition.rating(nil)):is_nil()
  end)

  it("reads marks of severity", function()
    expect(condition.severity "REAR PADS 2MM [R]"):equals "red"
    expect(condition.severity "[Y]"):equals "yellow"
    expect(condition.severity "PADS 2MM ** RED **"):equals "red"
    expect(condition.severity "** YELLOW **"):equals "yellow"
    expect(condition.severity "RED PAINT"):is_nil()
    expect(condition.severity "RR TREAD 4/32 <YELLOW>"):equals "yellow"
    expect(condition.severity "RED PAINT (RED)"):equals "red"
    for _, none in ipairs { "", "<REDO>", "<RED", "* RED", "DECLARED" } do expect(condition.severity(none)):is_nil() end
  end)
end)
