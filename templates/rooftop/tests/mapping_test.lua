local mapping = require "mapping"

maps "ros.csv"   -- fixtures/ros.csv becomes exactly what fixtures/ros.csv.expected.json says

describe("a repair order", function()
  local function map(row)
    row.CLOSED = row.CLOSED or "03/03/2026"
    return mapping.repair_order(given.rows({ row }, { "RO", "CLOSED", "CUSTOMER", "CELL", "EMAIL", "TEXT_OK", "EMAIL_OK", "VIN", "YEAR",
      "MAKE", "MODEL", "MILES", "OP", "DESCRIPTION", "ESTIMATE", "STATUS", "NOTES" }))
  end

  it("is put aside without a closing day", function()
    expect(map { CLOSED = "soon" }):is_quarantined "CLOSED is no day"
  end)

  it("has no consent where nobody said yes", function()
    expect(map { TEXT_OK = "" }.customer.text_ok):is_nil()
    expect(map { TEXT_OK = "N" }.customer.text_ok):equals(false)
  end)
end)
