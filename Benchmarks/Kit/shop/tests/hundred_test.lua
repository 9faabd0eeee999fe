-- A hundred tests that run unchanged under `revisit test` and under busted.
local message = require "message"

describe("the day-3 text", function()
  for value = 1, 100 do
    it("names the measurement of " .. value .. " mm", function()
      local text = message.sms(given.touch { item = { condition = { measure = "brake_pad_rear", value = value, unit = "mm" } } })
      expect(text):contains("rear brake pads at " .. value .. " mm")
      expect(text):lacks "$"
      expect(text):segments_at_most(2)
    end)
  end
end)
