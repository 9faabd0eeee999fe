-- file: mapping.lua
return {
  feed = { format = "csv", group_by = "RO" },

  repair_order = function(rows)
    return { ro_numbr = rows[1].RO }
  end,
}
