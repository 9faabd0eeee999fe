local mapping = require "mapping"

local columns = { "ro", "closed", "cust_no", "first", "last", "cell", "email", "sms_opt_in", "vin", "year", "make", "model",
  "miles", "op", "desc", "price", "disposition", "remarks" }

local function map(...)
  return mapping.repair_order(given.rows({ ... }, columns))
end

describe("a job", function()
  it("is declined or performed by its disposition", function()
    local order = map(
      { op = "TIRE2", price = "458.00", disposition = "DECLINED" },
      { op = "ROT", desc = "TIRE ROTATION", price = "29.95", disposition = "PERFORMED" })
    expect(order.declined):equals { { op_code = "TIRE2", description = "", price_cents = 45800 } }
    expect(order.performed):equals { { op_code = "ROT", description = "TIRE ROTATION", price_cents = 2995 } }
    expect(order.done_elsewhere):equals {}
  end)

  it("is done elsewhere when the remarks say so, and not when they say more or less", function()
    expect(map({ op = "LOF", disposition = "PERFORMED", remarks = "CUST HAD CABF DONE ELSEWHERE" }).done_elsewhere):equals { "CABF" }
    expect(map({ op = "LOF", disposition = "PERFORMED", remarks = "CUST HAD A QUESTION" }).done_elsewhere):equals {}
  end)
end)

describe("the customer", function()
  it("may have no phone", function()
    local customer = map({ first = "Rafael", last = "Vasquez", cell = "", sms_opt_in = "" }).customer
    expect(customer.name):equals "Rafael Vasquez"
    expect(customer.phone):is_nil()
    expect(customer.text_ok):is_nil()
  end)
end)
