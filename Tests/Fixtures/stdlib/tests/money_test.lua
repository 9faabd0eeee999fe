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

  it("gives whole numbers only", function()
    expect(math.type(money.cents "412.50")):equals "integer"
    expect(math.type(money.cents "(1.5)")):equals "integer"
  end)
end)
