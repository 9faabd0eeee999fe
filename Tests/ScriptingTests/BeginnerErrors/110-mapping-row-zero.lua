-- file: mapping.lua
return {
  feed = { format = "csv", group_by = "RO" },

  repair_order = function(rows)
    local first = rows[0]
    return { ro_number = first.RO }
  end,
}
