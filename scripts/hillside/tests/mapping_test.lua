local mapping = require "mapping"

local columns = { "RO", "Closed", "CustName", "Phones", "Email", "EmailOK", "TextOK", "VIN", "Yr", "Make", "Model", "Miles",
  "Line", "Type", "OpCode", "OpDesc", "Total", "LineStatus", "TechNotes" }

-- What the mapping makes of one repair order, each line with a closing day unless the test gives its own.
local function map(...)
  local rows = { ... }
  for _, row in ipairs(rows) do row.Closed = row.Closed or "2/3/2026" end
  return mapping.repair_order(given.rows(rows, columns))
end

describe("an item", function()
  it("is declined by DECL and DEF, and no other status", function()
    local order = map({ LineStatus = "DECL", OpCode = "COOL" }, { LineStatus = "OK", OpCode = "ROT" }, { LineStatus = "DEF", OpCode = "BATT" })
    expect(#order.declined):equals(2)
    expect(order.declined[1].op_code):equals "COOL"
    expect(order.declined[2].op_code):equals "BATT"
  end)

  it("has its price, severity and measurement", function()
    local item = map({ LineStatus = "DECL", OpDesc = "REPLACE BATTERY", Total = "$1,229.95", TechNotes = "BATT 265 CCA [R]" }).declined[1]
    expect(item.description):equals "REPLACE BATTERY"
    expect(item.price_cents):equals(122995)
    expect(item.severity):equals "red"
    expect(item.condition):equals { measure = "battery_cca", value = 265, unit = "cca" }
  end)
end)

describe("the closing day", function()
  it("is read in all five forms of the column", function()
    for text, day in pairs {
      ["2/3/2026"] = "2026-02-03", ["2026-02-03"] = "2026-02-03", ["46059"] = "2026-02-06",
      ["08-FEB-26"] = "2026-02-08", ["020926"] = "2026-02-09",
    } do
      expect(map({ Closed = text }).closed_on):equals(day)
    end
  end)

  it("puts the repair order aside when it is no day", function()
    expect(map { Closed = "02/30/2026" }):equals(quarantine "Closed is no day")
  end)
end)

describe("the customer", function()
  it("has consent only where a column says yes", function()
    local customer = map({ TextOK = "", EmailOK = "NO", Email = "REFUSED" }).customer
    expect(customer.text_ok):is_nil()
    expect(customer.email_ok):equals(false)
    expect(customer.email):is_nil()
  end)

  it("is reached on the cell", function()
    expect(map({ Phones = "H:(312) 555-0153/C:(312) 555-0111" }).customer.phone):equals "+13125550111"
  end)
end)
