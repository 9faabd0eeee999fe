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

describe("vehicles", function()
  it("says make codes in words and leaves other makes alone", function()
    expect(vehicles.make "TOYO"):equals "Toyota"
    expect(vehicles.make "volk"):equals "Volkswagen"
    expect(vehicles.make "Rivian"):equals "Rivian"
    expect(vehicles.make ""):is_nil()
  end)

  it("reads years of two and four digits", function()
    expect(vehicles.year "09"):equals(2009)
    expect(vehicles.year "70"):equals(1970)
    expect(vehicles.year "2026"):equals(2026)
    for _, none in ipairs { "", "0", "123", "20x6", "-9" } do expect(vehicles.year(none)):is_nil() end
  end)

  it("reads whole miles", function()
    expect(vehicles.miles "73,211"):equals(73211)
    expect(vehicles.miles "73211.0"):equals(73211)
    expect(vehicles.miles "-5"):equals(-5)
    for _, none in ipairs { "", "N/A", "73211.4", "1e5" } do expect(vehicles.miles(none)):is_nil() end
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

  it("finds none where none is", function()
    for _, text in ipairs { "", "REAR PADS LOW", "BATT TEST", "REPLACE 4 TIRES" } do
      expect({ condition.parse(text) }):equals { nil, text }
    end
  end)

  it("reads marks of severity", function()
    expect(condition.severity "REAR PADS 2MM [R]"):equals "red"
    expect(condition.severity "[Y]"):equals "yellow"
    expect(condition.severity "PADS 2MM ** RED **"):equals "red"
    expect(condition.severity "** YELLOW **"):equals "yellow"
    expect(condition.severity "RED PAINT"):is_nil()
  end)
end)
