-- file: test.lua
local message = require "wording"

describe("the text", function()
  it("names the day", function()
    local touch = given.touch { kind = "reminder" }
    expect(touch.visit_dya):contains "March 3"
  end)
end)
