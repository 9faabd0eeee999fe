local mapping = require "mapping"

local columns = { "RO", "Closed", "CustName", "Phones", "Email", "EmailOK", "TextOK", "VIN", "Yr", "Make", "Model", "Miles",
  "Line", "Type", "OpCode", "OpDesc", "Total", "LineStatus", "TechNotes" }

-- What the mapping makes of one repair order, each line with a closing day unless the test gives its own.
local function map(...)
  local rows = { ... }
  for _, row in ipairs(rows) do row.Closed = row.Closed or "2/3/2026" end
  return mapping.repair_order(given.rows(rows, columns))
end

maps "08_line_items.csv"

describe("an item", function()
  it.each("of status {1}: {2} declined", { { "DECL", 1 }, { "DEF", 1 }, { "OK", 0 }, { "", 0 } }, function(status, count)
    expect(map({ LineStatus = status, OpCode = "COOL" }).declined):has_length(count)
  end)

  it("has its price, severity and measurement", function()
    local notes = "BATT 265 CCA [R]"
    expect(map({ LineStatus = "OK" }, { LineStatus = "DEF", OpCode = "BATT", OpDesc = "BATTERY", Total = "$1,229.95", TechNotes = notes }).declined)
      :equals {
        { op_code = "BATT", description = "BATTERY", price_cents = 122995, severity = "red",
          condition = { measure = "battery_cca", value = 265, unit = "cca" } },
      }
  end)

  property("has no price but the one in its row", given.any.integer(1, 9999999), function(cents)
    local item = map({ LineStatus = "DECL", Total = string.format("%d.%02d", cents // 100, cents % 100) }).declined[1]
    expect(item.price_cents):equals(cents)
  end)
end)

describe("the closing day", function()
  it.each("is {2} of {1}", {
    { "2/3/2026", "2026-02-03" }, { "2026-02-03", "2026-02-03" }, { "46059", "2026-02-06" }, { "08-FEB-26", "2026-02-08" },
    { "020926", "2026-02-09" },
  }, function(text, day)
    expect(map({ Closed = text }).closed_on):equals(day)
  end)

  it("puts the repair order aside when it is no day", function()
    expect(map { Closed = "02/30/2026" }):is_quarantined "Closed is no day"
  end)
end)

describe("the customer", function()
  it("has consent only where a column says yes", function()
    local customer = map({ TextOK = "", EmailOK = "NO", Email = "REFUSED" }).customer
    expect(customer.text_ok):is_nil()
    expect(customer.email_ok):is_false()
    expect(customer.email):is_nil()
  end)

  it("is reached on the cell", function()
    expect(map({ Phones = "H:(312) 555-0153/C:(312) 555-0111" }).customer.phone):equals "+13125550111"
  end)
end)
