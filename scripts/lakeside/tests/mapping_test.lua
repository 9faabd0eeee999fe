local mapping = require "mapping"

local columns = { "ro", "closed", "cust_no", "first", "last", "cell", "email", "sms_opt_in", "vin", "year", "make", "model",
  "miles", "op", "desc", "price", "disposition", "remarks" }

local function map(...)
  return mapping.repair_order(given.rows({ ... }, columns))
end

maps "16_declined_then_done.csv"

describe("a job", function()
  it("is declined or performed by its disposition, with its price", function()
    local order = map(
      { op = "TIRE2", desc = "REAR TIRES", price = "458.00", disposition = "DECLINED" },
      { op = "ROT", desc = "TIRE ROTATION", price = "29.95", disposition = "PERFORMED" },
      { op = "ALGN", price = "159.95", disposition = "PENDING" })
    expect(order.declined):equals { { op_code = "TIRE2", description = "REAR TIRES", price_cents = 45800 } }
    expect(order.performed):equals { { op_code = "ROT", description = "TIRE ROTATION", price_cents = 2995 } }
    expect(order.done_elsewhere):equals {}
  end)

  it.each("with the remark {1} makes {2} done elsewhere", {
    { "CUST HAD CABF DONE ELSEWHERE", { "CABF" } }, { "CUST HAD A QUESTION", {} }, { "", {} },
  }, function(remarks, done)
    expect(map({ op = "LOF", disposition = "PERFORMED", remarks = remarks }).done_elsewhere):equals(done)
  end)

  property("is never both", given.any.list(given.any.one_of { "DECLINED", "PERFORMED", "" }), function(dispositions)
    local rows = {}
    for i, disposition in ipairs(dispositions) do rows[i] = { op = "OP" .. i, disposition = disposition } end
    local order = map({ op = "LOF" }, table.unpack(rows))
    local known = 0
    for _, disposition in ipairs(dispositions) do known = known + (disposition == "" and 0 or 1) end
    expect(#order.declined + #order.performed):equals(known)
  end)
end)

describe("the customer", function()
  it("may have no phone, and never said yes", function()
    expect(map({ first = "Rafael", last = "Vasquez", email = "RAFAEL@EXAMPLE.NET" }).customer):equals {
      name = "Rafael Vasquez", first_name = "Rafael", email = "rafael@example.net",
    }
  end)
end)
