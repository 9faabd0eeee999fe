local money = require "money"

-- Each text and its cents; false for no amount, since a table can't hold nil.
local function reads(cases)
  for text, cents in pairs(cases) do
    expect({ text, money.cents(text) or false }):equals { text, cents }
  end
end

describe("money.cents", function()
  it("reads what exports write", function()
    reads {
      ["412.50"] = 41250, ["$412.50"] = 41250, ["$1,253.75"] = 125375, ["1,234,567.89"] = 123456789, ["0.00"] = 0,
      ["12"] = 1200, ["12.5"] = 1250, [".50"] = 50, [" 12.50 "] = 1250, ["$ 12.50"] = 1250,
    }
  end)

  it("reads a minus before, after, and as parentheses", function()
    reads { ["-10.00"] = -1000, ["10.00-"] = -1000, ["(10.00)"] = -1000, ["($1,010.00)"] = -101000 }
  end)

  it("reads a decimal comma and a no-break space", function()
    reads { ["1 234,56 $"] = 123456, ["1\u{A0}234,56 $"] = 123456, ["1.234,56"] = 123456, ["12,5"] = 1250 }
  end)

  it("gives nil for what is no amount", function()
    reads {
      [""] = false, ["CALL"] = false, ["$"] = false, ["-"] = false, ["()"] = false, ["12.345"] = false, ["1,23,4"] = false,
      ["1.2.3"] = false, ["1e5"] = false, ["0x10"] = false, ["--1"] = false, ["nan"] = false, ["99999999999999"] = false,
    }
  end)

  it("reads other spaces, codes and words for nothing to pay", function()
    reads {
      ["1\u{202F}234,56\u{A0}$"] = 123456, ["USD 12.50"] = 1250, ["CA$12.50"] = 1250, ["12.50 CAD"] = 1250, ["12.50 CR"] = -1250,
      ["12.50CR"] = -1250, ["N/C"] = 0, ["no charge"] = 0, ["$1,253.75 "] = 125375,
    }
  end)

  it("reads numbers", function()
    local cases = { { 58.7, 5870 }, { 198, 19800 }, { 412.49999999999994, 41250 }, { -10.5, -1050 }, { 0.0, 0 }, { 1.005, 100 } }
    for _, case in ipairs(cases) do
      expect(money.cents(case[1])):equals(case[2])
      expect(math.type(money.cents(case[1]))):equals "integer"
    end
    for _, none in ipairs { 1e300, 0 / 0, 1 / 0 } do expect({ money.cents(none) }):equals { nil, "is no amount" } end
  end)

  it("says why a text is none, and nothing of a blank", function()
    for _, blank in ipairs { "", " ", "\u{A0}" } do expect({ money.cents(blank) }):equals {} end
    expect({ money.cents(nil) }):equals {}
    for _, text in ipairs { "CALL", "TBD", "$", "12.345", ("9"):rep(50) } do
      expect({ text, money.cents(text) }):equals { text, nil, "is no amount" }
    end
  end)

  it("gives whole numbers only", function()
    expect(math.type(money.cents "412.50")):equals "integer"
    expect(math.type(money.cents "(1.5)")):equals "integer"
  end)
end)

describe("money.implied", function()
  it("puts the point where nobody wrote it", function()
    expect(money.implied "00004150"):equals(4150)
    expect(money.implied(4150)):equals(4150)
    expect(money.implied "00004150-"):equals(-4150)
    expect(money.implied("41504", 3)):equals(4150)
    expect(money.implied("41505", 3)):equals(4151)
    expect(money.implied("41", 0)):equals(4100)
    expect({ money.implied "" }):equals {}
    for _, text in ipairs { "41.50", "CALL", "-41-", ("9"):rep(14) } do expect({ money.implied(text) }):equals { nil, "is no amount" } end
    expect(function() money.implied("1", 9) end):errors "money_test.lua"
  end)
end)

describe("money.overpunch", function()
  it("reads sign and last digit from one letter", function()
    local cases = { ["00004150{"] = 41500, ["00004150}"] = -41500, ["00123A"] = 1231, ["00123I"] = 1239, ["00123J"] = -1231,
      ["00123R"] = -1239, ["001234"] = 1234, ["{"] = 0 }
    for text, cents in pairs(cases) do expect({ text, money.overpunch(text) }):equals { text, cents } end
    expect(money.overpunch("0004150{", 3)):equals(4150)
    expect({ money.overpunch " " }):equals {}
    for _, text in ipairs { "0041S", "A1", "12.5{", "CALL" } do expect({ money.overpunch(text) }):equals { nil, "is no amount" } end
  end)
end)
