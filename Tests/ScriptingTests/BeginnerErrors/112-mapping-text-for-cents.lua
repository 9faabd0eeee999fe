-- file: mapping.lua
return {
  feed = { format = "csv", group_by = "RO" },

  repair_order = function(rows)
    return { ro_number = rows[1].RO, closed_on = "2026-03-03", declined = { { description = "Pads", price_cents = rows[1].EST } } }
  end,
}
