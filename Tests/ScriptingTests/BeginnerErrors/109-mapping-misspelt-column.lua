-- file: mapping.lua
return {
  feed = { format = "csv", group_by = "RO" },

  repair_order = function(rows)
    return { ro_number = rows[1].RO, closed_on = rows[1]["CLOSED DT"] }
  end,
}
