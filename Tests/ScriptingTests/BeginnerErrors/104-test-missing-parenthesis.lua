-- file: test.lua
describe("the text", function()
  it("names the day", function()
    expect(1):equals(1)
  end
end)
