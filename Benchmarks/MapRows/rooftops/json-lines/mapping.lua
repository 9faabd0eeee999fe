-- scripts/hillside's mapping of the same rows, a repair order with its jobs a line.
local dates, phone, consent, names = require "dates", require "phone", require "consent", require "names"
local vin, vehicles, money, condition = require "vin", require "vehicles", require "money", require "condition"

-- One column, five forms: the export joins what several clerks' machines write.
local forms = { "MM/DD/YYYY", "YYYY-MM-DD", "DD-MMM-YY", "excel", "MMDDYY" }

return {
  feed = { format = "jsonl" },

  repair_order = function(rows)
    local first = rows[1]
    local closed_on = dates.any(first.Closed, forms)
    if not closed_on then return quarantine("Closed is no day") end

    local declined = {}
    for _, row in ipairs(first.jobs) do
      local status = row.LineStatus
      if status == "DECL" or status == "DEF" then
        local notes = row.TechNotes
        declined[#declined + 1] = {
          op_code = row.OpCode, description = row.OpDesc, price_cents = money.cents(row.Total),
          condition = condition.parse(notes), severity = condition.severity(notes),
        }
      end
    end

    local name, first_name = names.person(first.CustName)
    return {
      ro_number = first.RO, closed_on = closed_on, mileage = vehicles.miles(first.Miles),
      customer = {
        name = name, first_name = first_name, phone = phone.pick(first.Phones),
        email = consent.email_address(first.Email),
        text_ok = consent.opt_in(first.TextOK), email_ok = consent.opt_in(first.EmailOK),
      },
      vehicle = { vin = vin.repair(first.VIN), year = vehicles.year(first.Yr), make = vehicles.make(first.Make), model = first.Model },
      declined = declined,
    }
  end,
}
