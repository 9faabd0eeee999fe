describe("expect", function()
  it("fails with the values of both sides", function()
    expect(function() expect(1 + 1):equals(3) end):errors "expected 3, got 2"
    expect(function() expect({ a = { b = 1 } }):equals { a = { b = 2 } } end):errors "they differ at a.b"
    expect(function() expect("a"):contains "b" end):errors 'expected a text with "b", got "a"'
    expect(function() expect("ab"):lacks "b" end):errors "without"
    expect(function() expect(nil):contains "b" end):errors "expected a text, got nil"
    expect(function() expect(("x"):rep(161)):segments_at_most(1) end):errors "got 2 in GSM-7"
    expect(function() expect("’" .. ("x"):rep(70)):segments_at_most(1) end):errors "got 2 in UCS-2"
    expect(function() expect(function() end):errors "x" end):errors "got none"
  end)

  it("tells nil, false and a missing field apart", function()
    expect(function() expect(false):is_nil() end):errors "expected nil, got false"
    expect(function() expect({ a = 1 }):equals { a = 1, b = 2 } end):errors "they differ at b"
    expect(function() expect(1):is_true() end):errors "expected true, got 1"
  end)

  it("compares skip and quarantine by their reasons, wherever they come from", function()
    local function refuse() return quarantine "no day" end
    expect(refuse()):equals(quarantine "no day")
    expect(function() expect(refuse()):equals(skip "no day") end):errors 'expected skip "no day", got quarantine "no day"'
    expect(function() expect(refuse()):equals(quarantine "no name") end):errors 'expected quarantine "no name"'
  end)
end)

describe("given.touch", function()
  it("works out what follows from the rest", function()
    local touch = given.touch { kind = "final", visit_on = "2026-11-02", vehicle = { model = given.missing } }
    expect(touch.day):equals(30)
    expect(touch.visit_day):equals "Monday, November 2"
    expect(touch.now):equals "2026-12-02 10:00"
    expect(touch.vehicle.name):equals "2016 Ford"
    expect(touch.item.visit_on):equals "2026-11-02"
  end)

  it("changes records field by field and lists whole", function()
    local touch = given.touch { rooftop = {}, vehicle = { year = 2020 }, allowed = { "call" }, previous = {} }
    expect(touch.rooftop.name):equals "Hillside Ford"
    expect(touch.vehicle.name):equals "2020 Ford Bolt EV"
    expect(touch.allowed):equals { "call" }
    expect(given.touch({ rooftop = { phone = given.missing } }).rooftop.phone):is_nil()
  end)

  it("refuses what no touch has, at the test's line", function()
    expect(function() given.touch { custmer = {} } end):errors "testing_test.lua"
    expect(function() given.touch { custmer = {} } end):errors "touch has no field 'custmer'; did you mean 'customer'?"
    expect(function() given.touch { item = { pricecents = 1 } } end):errors "did you mean 'price_cents'?"
    expect(function() given.touch { kind = "remainder" } end):errors "reminder, condition, final or season"
  end)

  it("is strict and read-only, as the host's are", function()
    local touch = given.touch()
    expect(function() return touch.custmer end):errors "did you mean 'customer'?"
    expect(function() return touch.item.condition.mesure end):errors "condition has no field 'mesure'; did you mean 'measure'?"
    expect(function() touch.kind = "final" end):errors "read-only"
    expect(touch.season):is_nil()
  end)
end)

describe("given.rows", function()
  it("reads by column and by place", function()
    local rows = given.rows({ { RO = "1" }, { RO = "1", OP = "BRKR" } }, { "RO", "OP", "DESC" })
    expect(#rows):equals(2)
    expect(rows[2].OP):equals "BRKR"
    expect(rows[1].OP):equals ""
    expect(rows[2][2]):equals "BRKR"
    expect(#rows[1]):equals(3)
  end)

  it("refuses a column that isn't there", function()
    local rows = given.rows { { Closed = "2/3/2026" } }
    expect(function() return rows[1].Closd end):errors "row has no column 'Closd'; did you mean 'Closed'?"
    expect(function() given.rows({ { Closd = "" } }, { "Closed" }) end):errors "testing_test.lua"
  end)
end)

describe("given.element", function()
  local order = given.element [=[<?xml version="1.0"?>
    <!-- one order --><x:Order no="1" x:kind='a &amp; b'>
      <x:Closed> 2026-02-03 </x:Closed><Job/><Job state="Declined"><Op>BRKR</Op><Note><![CDATA[PADS < 3MM & noisy]]></Note></Job>
    </x:Order>]=]

  it("is read as an element of a record", function()
    expect(order.name):equals "Order"
    expect({ order:text "@no", order:text "@kind", order:text "Closed", order:text "Nothing" }):equals { "1", "a & b", "2026-02-03", "" }
    expect({ #order:all "Job", #order:all(), order:text "Job/@state", order:text "Job/Op" }):equals { 2, 3, "Declined", "BRKR" }
    expect(order:first "Job/Note":text()):equals "PADS < 3MM & noisy"
    expect(order:first "Nothing"):is_nil()
  end)

  it("is well-formed", function()
    expect(function() given.element "<a><b></a>" end):errors "</a> closes <b>"
    expect(function() given.element "<a>" end):errors "<a> isn't closed"
    expect(function() order:text "Job/" end):errors "a path is names with slashes between them"
  end)
end)
