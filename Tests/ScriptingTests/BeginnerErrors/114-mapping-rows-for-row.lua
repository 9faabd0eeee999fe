-- file: mapping.lua
return {
  feed = { format = "csv", group_by = "RO" },

  repair_order = function(rows)
    return { ro_number = rows.RO, closed_on = "2026-03-03" }
  end,
}
