local groups = require "groups"

describe("groups.split", function()
  it("keeps empty values, and has none for a blank cell", function()
    expect(groups.split("A||C|", "|")):equals { "A", "", "C", "" }
    expect(groups.split("A\u{FD}B", "\u{FD}")):equals { "A", "B" }
    expect(groups.split("", "|")):equals {}
    expect(groups.split(nil, "|")):equals {}
    expect(function() groups.split("A", "") end):errors "groups_test.lua"
  end)
end)

describe("groups.records", function()
  it("names the values inside each group", function()
    local records, why = groups.records("BRKR^REAR PADS^412.50||WIPE^^", "|", "^", { "op", "text", "price" })
    expect(records):equals {
      { op = "BRKR", text = "REAR PADS", price = "412.50" }, { op = "", text = "", price = "" }, { op = "WIPE", text = "", price = "" },
    }
    expect(why):is_nil()
  end)

  it("tells of a value too many", function()
    local _, why = groups.records("A^1|B^2^3", "|", "^", { "op", "price" })
    expect(why):equals "group 2 has 3 values, not 2"
  end)
end)

describe("groups.zip", function()
  it("joins columns by position", function()
    local records, why = groups.zip({ op = "A|B|C", price = { "1", "", "3" } }, "|")
    expect(records):equals { { op = "A", price = "1" }, { op = "B", price = "" }, { op = "C", price = "3" } }
    expect(why):is_nil()
  end)

  it("tells of columns of unequal length", function()
    local records, why = groups.zip({ op = "A|B", price = "1" }, "|")
    expect(records[2]):equals { op = "B", price = "" }
    expect(why):equals "price has 1 values, not 2"
    expect({ groups.zip({ op = "", price = "" }, "|") }):equals { {} }
  end)
end)

describe("lists joined by an index", function()
  local ops = { { Idx = "1", V = "BRKR" }, { Idx = "04", V = "WIPE" } }
  local prices = { { Idx = 4, V = "47.74" }, { Idx = "B", V = "9" } }

  it("finds an entry by its index", function()
    expect(groups.by_index(ops, "Idx")[4].V):equals "WIPE"
    expect(groups.by_index(nil, "Idx")):equals {}
    local found, why = groups.by_index({ { Idx = 1, V = "a" }, { Idx = "1", V = "b" } }, "Idx")
    expect({ found[1].V, why }):equals { "a", "Idx 1 is there twice" }
  end)

  it("takes an attribute of elements for the index", function()
    local function element(idx, value)
      return { text = function(_, path) return path == "@Idx" and idx or path == nil and value or "" end }
    end
    local found = groups.by_index({ element("1", "BRKR"), element("04", "WIPE"), element("", "?") }, "@Idx")
    expect(found[4]:text()):equals "WIPE"
    expect(found[2]):is_nil()
  end)

  it("joins in the index's order", function()
    local records, why = groups.join({ op = ops, price = prices }, "Idx")
    expect(records):equals {
      { index = 1, op = ops[1] }, { index = 4, op = ops[2], price = prices[1] }, { index = "B", price = prices[2] },
    }
    expect(why):is_nil()
  end)
end)
