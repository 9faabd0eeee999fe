-- Two systems' files pasted together: rows in another encoding, the header again, the same row twice, a trailer. What can't be
-- trusted is put aside with a reason, and the rest goes on.
local dates, money, phone, consent = require "dates", require "money", require "phone", require "consent"
local names, vin, vehicles = require "names", require "vin", require "vehicles"

local function declined_item(row)
  if row.DeclOp == "" then return {} end
  local price, why = money.cents(row.DeclPrice)
  if why then return nil, "DeclPrice " .. why end
  return { { op_code = row.DeclOp, description = row.DeclDesc, price_cents = price } }
end

return {
  feed = {
    format = "csv", encoding = "utf-8", fallback_encoding = "windows-1252", group_by = "RO",
    columns = { "RO", "Closed", "Customer", "Cell", "Email", "TextOK", "VIN", "DeclOp", "DeclDesc", "DeclPrice" },
  },

  repair_order = function(rows)
    local row = rows[1]
    if not row.RO:match "^%d+$" then return quarantine "RO is no number: not a record" end
    if #row < 14 then return quarantine("the row is short: " .. #row .. " cells of 14") end
    local closed_on = dates.parse(row.Closed, "MM/DD/YYYY")
    if not closed_on then return quarantine "Closed is no day" end
    local mileage = vehicles.miles(row.Miles)
    if mileage and mileage < 0 then return quarantine "Miles is negative" end
    local declined, why = declined_item(row)
    if not declined then return quarantine(why) end

    local name, first_name = names.person(row.Customer)
    return {
      ro_number = row.RO, closed_on = closed_on, mileage = mileage,
      customer = {
        name = name, first_name = first_name, phone = phone.us(row.Cell), email = consent.email_address(row.Email),
        text_ok = consent.opt_in(row.TextOK),
      },
      vehicle = { vin = vin.repair(row.VIN), year = vehicles.year(row.Year), make = vehicles.make(row.Make), model = row.Model },
      declined = declined,
    }
  end,
}
