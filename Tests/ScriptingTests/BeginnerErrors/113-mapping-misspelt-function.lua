-- file: mapping.lua
local dates = require "dates"

return {
  feed = { format = "csv", group_by = "RO" },

  repair_order = function(rows)
    return { ro_number = rows[1].RO, closed_on = dates.prase(rows[1]["CLOSE DT"], "MM/DD/YYYY") }
  end,
}
