local suite = require "test_suite"
local shown = require "shown"

-- What becomes of one test of a kit of its own.
local function result_of(body)
  local kit = suite.new()
  kit.it("it", body)
  return kit.run_one(1)
end

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

describe("a failure", function()
  it.each("of {1} names its cause", {
    { "a check that is none", function() expect(1):contain(1) end, "expect(…) has no check 'contain'; did you mean 'contains'?" },
    { "a dot", function() expect(1).equals(1) end, "write expect(…):equals(…) with a colon, not with a dot" },
    { "a value without a check", function() expect(1) end, "expect(…) checks nothing; say what it should be, as :equals(…) or :contains(…)" },
    { "one letter", function() expect("On March 3 we\nmeasured 3 mm"):equals "On March 3 we\nmeasured 2 mm" end,
      'the texts differ at line 2, character 10: expected …"we\\nmeasured 2 mm", got …"we\\nmeasured 3 mm"' },
    { "a field of much", function() expect(given.repair_order()):equals(given.repair_order { declined = { { price_cents = 1 } } }) end,
      "they differ at declined[1].price_cents: expected 1, got 41250" },
    { "other capitals", function() expect("Wipers"):contains "wipers" end, 'expected a text with "wipers", got "Wipers" (it is there in other capitals)' },
    { "a curly quote", function() expect("it’s" .. ("x"):rep(70)):segments_at_most(1) end, 'because of "’" at character 3' },
    { "another reason", function() expect(skip "voided"):is_skipped "void" end, 'expected skip "void", got skip "voided"' },
    { "a value that isn't listed", function() expect("fax"):is_one_of { "sms", "call" } end, 'expected one of { "sms", "call" }, got "fax"' },
    { "a length", function() expect("Zoë"):has_length(4) end, 'expected a length of 4, got 3: "Zoë"' },
    { "nil instead of false", function() expect(nil):is_false() end, "expected false, got nil" },
    { "a test in a test", function() suite.new().it("outer", function() end) it("inner", function() end) end, "it can't stand inside a test" },
  }, function(_, body, message)
    local result = result_of(body)
    expect(result.ok):is_false()
    expect(result.message):contains(message)
    expect(result.file):matches "testing_test.lua$"
  end)

  it("has both values whole, and its line also after a tail call", function()
    local result = result_of(function() return expect("a"):equals "b" end)
    expect({ result.expected, result.actual, result.checks }):equals { '"b"', '"a"', 1 }
    expect(math.type(result.line)):equals "integer"
  end)
end)

describe("the list of tests", function()
  local kit = suite.new()
  kit.describe("a", function()
    kit.it.only("b", function() end)
    kit.it.each("{1} is {2}", { { "x", 1 }, { "y", { 2 } } }, function() end)
  end)
  kit.describe.skip("c", function() kit.it.only("d", function() end) end)
  kit.maps "closed.csv"
  kit.maps("open.csv", "open.json")
  kit.property("e", given.any.text(), function() end)

  it("has names, kinds, modes and places", function()
    local list = kit.list()
    local lines = {}
    for i, test in ipairs(list) do
      lines[i] = table.concat({ test.index, test.name, test.mode, test.kind, test.expected }, "; ")
      expect(test.file):matches "testing_test.lua$"
    end
    expect(lines):equals {
      "1; a b; only; test", "2; a x is 1; run; test", "3; a y is { 2 }; run; test", "4; c d; skip; test",
      "5; maps closed.csv; run; maps; closed.csv.expected.json", "6; maps open.csv; run; maps; open.json", "7; e; run; property",
    }
    expect(list[2].line):equals(list[1].line + 1)
    expect(list[3].line):equals(list[2].line)
  end)

  it.each("refuses {1}", {
    { "a name twice", function() kit.maps "closed.csv" end, 'there is a test called "maps closed.csv" already, at line' },
    { "it without a function", function() kit.it "x" end, 'it needs a function: it("x", function() … end)' },
    { "rows of one name", function() kit.it.each("x", { { 1 }, { 2 } }, function() end) end, "put {1} or a {field} of the rows into the name" },
    { "a placeholder of no row", function() kit.it.each("{x}", { { y = 1 } }, function() end) end, "no row has a field of that name" },
    { "a generator that wasn't called", function() kit.property("x", given.any.touch, function() end) end, "the function there may lack its ()" },
    { "a misspelt mode", function() kit.it.skp("x", function() end) end, "there is no it.skp; did you mean it.skip?" },
  }, function(_, call, message) expect(call):errors(message) end)
end)

describe("a snapshot", function()
  it("keeps plain values under names", function()
    local result = result_of(function()
      expect("Hi"):matches_snapshot()
      expect({ text = given.touch().vehicle, outcome = skip "voided" }):matches_snapshot "email"
    end)
    expect({ result.snapshots[1].name, result.snapshots[1].value }):equals { "1", "Hi" }
    expect(result.snapshots[2].value.text.name):equals "2016 Ford Bolt EV"
    expect(result.snapshots[2].value.outcome):equals 'skip "voided"'
  end)

  it("of nothing fails, and two of a name", function()
    expect(result_of(function() expect(nil):matches_snapshot() end).message):contains "there is nothing to keep"
    expect(result_of(function() expect(1):matches_snapshot "a" expect(1):matches_snapshot "a" end).message):contains "two snapshots"
  end)
end)

describe("a property", function()
  local function result_for(generator, body)
    local kit = suite.new()
    kit.property("p", generator, body)
    return kit.run_one(1)
  end

  it("passes after 100 values", function()
    local result = result_for(given.any.integer(-5, 5), function(n) expect(n >= -5 and n <= 5):is_true() end)
    expect({ result.ok, result.runs, result.checks }):equals { true, 100, 100 }
  end)

  it.each("shrinks {1}", {
    { "a number", given.any.integer(0, 100000), function(n) expect(n < 37):is_true() end, "37" },
    { "a text", given.any.text(), function(text) expect(text):lacks "%" end, '"%"' },
    { "a list", given.any.list(given.any.integer(0, 9), 9), function(list) expect(#list < 3):is_true() end, "{ 0, 0, 0 }" },
    { "a touch", given.any.touch(), function(touch) return "Hi " .. touch.first_name end, "given.touch { first_name = given.missing }" },
    { "a touch that a test says things of", given.any.touch { kind = "final" },
      function(touch) expect(touch.customer.business):is_false() end,
      'given.touch { customer = { business = true, name = "Lopez Plumbing LLC" }, kind = "final" }' },
    { "a repair order", given.any.repair_order { status = "void" }, function(order)
      for _, item in ipairs(order.declined) do expect(item.price_cents):equals(41250) end
    end, 'given.repair_order { declined = { { price_cents = given.missing } }, status = "void" }' },
  }, function(_, generator, body, example)
    local result = result_for(generator, body)
    expect(result.ok):is_false()
    expect((result.example:gsub("%s+", " "):gsub(", }", " }"))):equals(example)
  end)
end)

describe("given.any.touch", function()
  property("makes what the host may give", given.any.touch(), function(touch)
    expect(touch.day):equals(({ reminder = 3, condition = 10, final = 30, season = 60 })[touch.kind])
    expect(touch.season == nil):equals(touch.kind ~= "season")
    expect(touch.item == touch.items[1]):is_true()
    expect(touch.item.visit_on):equals(touch.visit_on)
    expect(#touch.items >= 1 and #touch.items <= 5):is_true()
    expect(touch.customer.first_name):equals(touch.first_name)
    expect(touch.customer.business):equals(touch.customer.name ~= nil and touch.first_name == nil)
    for _, previous in ipairs(touch.previous) do expect(previous.sent_on < touch.now):is_true() end
    for _, item in ipairs(touch.items) do
      expect(item.condition and item.condition.words or "none"):lacks ".0"
      expect(item.visit_on <= touch.visit_on):is_true()
    end
    local is_allowed = false
    for _, channel in ipairs(touch.allowed) do is_allowed = is_allowed or channel == touch.channel end
    expect(is_allowed):is_true()
  end)

  property("shows what makes it again", given.any.touch(), function(touch)
    local example = given.any.touch().show(touch)
    expect(shown.line(load("return " .. example)())):equals(shown.line(touch))
  end)

  property("keeps what the test says", given.any.touch { kind = given.any.one_of { "final", "season" }, item = { severity = "red" } }, function(touch)
    expect(touch.kind):is_one_of { "final", "season" }
    expect(touch.item.severity):equals "red"
  end)
end)

describe("the words of a measurement", function()
  it.each("are the host's: {words}", {
    { measure = "tire_tread_front", value = 4, unit = "32nds", words = "front tire tread at 4/32 inch" },
    { measure = "battery_cca", value = 310, words = "battery at 310 CCA" },
    { measure = "brake_pad_rear", value = 3.0, words = "rear brake pads at 3 mm" },
    { measure = "brake_pad_front", value = 2.5, words = "front brake pads at 2.5 mm" },
  }, function(row)
    local touch = given.touch { item = { condition = { measure = row.measure, value = row.value, unit = row.unit } } }
    expect(touch.item.condition.words):equals(row.words)
  end)
end)

describe("given.recorded", function()
  it("adds nothing to what was recorded", function()
    local touch = given.recorded { kind = "final", items = { { name = "battery" } }, customer = { name = "Maria Lopez" } }
    expect(touch.item == touch.items[1]):is_true()
    expect(touch.first_name):is_nil()
    expect(touch.item.condition):is_nil()
    expect(touch.customer.name):equals "Maria Lopez"
    expect(function() return touch.item.nam end):errors "item has no field 'nam'; did you mean 'name'?"
    expect(function() given.recorded { kynd = "final", items = {} } end):errors "did you mean 'kind'?"
  end)
end)

describe("given.repair_order", function()
  it("is complete, and refuses what a mapping can't return", function()
    local order = given.repair_order { vehicle = { model = given.missing }, declined = { { description = "FOUR TIRES" }, {} } }
    expect(order.vehicle.model):is_nil()
    expect(order.vehicle.make):equals "Ford"
    expect(order.declined[1].condition):is_nil()
    expect(order.declined[2].condition.value):equals(3)
    expect(function() given.repair_order { declined = { { pricecents = 1 } } } end):errors "did you mean 'price_cents'?"
  end)
end)
