-- file: mapping.lua
return {
  feed = { format = "csv", group_by = "RO" },

  repair_order = function(rows)
    local row = rows[1]
    return {
      ro_number = row.RO, closed_on = "2026-03-03", customer = { name = row.CUST }, vehicle = {},
      declined = {
        { description = row.DESC, price_cents = row.EST },
      },
    }
  end,
}
