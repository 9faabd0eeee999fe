-- How the export of your DMS reads: the raw rows of one repair order in, one table out.
-- Propose one for your own export with: revisit sniff export.csv         See what became of a line: revisit map … --explain 7
local dates, money, phone, consent = require "dates", require "money", require "phone", require "consent"
local names, vehicles, condition = require "names", require "vehicles", require "condition"

return {
  feed = { format = "csv", group_by = "RO" },   -- rows with the same RO are one repair order

  repair_order = function(rows)
    local first = rows[1]
    local closed_on = dates.parse(first.CLOSED, "MM/DD/YYYY")
    -- A row that can't be read is put aside with a reason, never guessed at.
    if not closed_on then return quarantine("CLOSED is no day") end

    local declined = {}
    for _, row in ipairs(rows) do
      if row.STATUS == "DECLINED" then
        declined[#declined + 1] = {
          op_code = row.OP, description = row.DESCRIPTION, price_cents = money.cents(row.ESTIMATE),
          condition = condition.parse(row.NOTES), severity = condition.severity(row.NOTES),
        }
      end
    end

    local name, first_name = names.person(first.CUSTOMER)
    return {
      ro_number = first.RO, closed_on = closed_on, mileage = vehicles.miles(first.MILES),
      customer = {
        name = name, first_name = first_name, phone = phone.us(first.CELL), email = consent.email_address(first.EMAIL),
        text_ok = consent.opt_in(first.TEXT_OK), email_ok = consent.opt_in(first.EMAIL_OK),   -- an empty cell is no yes
      },
      vehicle = { vin = first.VIN, year = vehicles.year(first.YEAR), make = vehicles.make(first.MAKE), model = first.MODEL },
      declined = declined,
    }
  end,
}
