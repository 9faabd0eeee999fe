-- scripts/hillside's mapping of the same rows, a repair order with its jobs an element.
local dates, phone, consent, names = require "dates", require "phone", require "consent", require "names"
local vin, vehicles, money, condition = require "vin", require "vehicles", require "money", require "condition"

-- One column, five forms: the export joins what several clerks' machines write.
local forms = { "MM/DD/YYYY", "YYYY-MM-DD", "DD-MMM-YY", "excel", "MMDDYY" }

return {
  feed = { format = "xml", path = "RepairOrder" },

  repair_order = function(rows)
    local first = rows[1]
    local closed_on = dates.any(first:text "Closed", forms)
    if not closed_on then return quarantine("Closed is no day") end

    local declined = {}
    for _, row in ipairs(first:all "Job") do
      local status = row:text "LineStatus"
      if status == "DECL" or status == "DEF" then
        local notes = row:text "TechNotes"
        declined[#declined + 1] = {
          op_code = row:text "OpCode", description = row:text "OpDesc", price_cents = money.cents(row:text "Total"),
          condition = condition.parse(notes), severity = condition.severity(notes),
        }
      end
    end

    local name, first_name = names.person(first:text "CustName")
    return {
      ro_number = first:text "RO", closed_on = closed_on, mileage = vehicles.miles(first:text "Miles"),
      customer = {
        name = name, first_name = first_name, phone = phone.pick(first:text "Phones"),
        email = consent.email_address(first:text "Email"),
        text_ok = consent.opt_in(first:text "TextOK"), email_ok = consent.opt_in(first:text "EmailOK"),
      },
      vehicle = { vin = vin.repair(first:text "VIN"), year = vehicles.year(first:text "Yr"), make = vehicles.make(first:text "Make"), model = first:text "Model" },
      declined = declined,
    }
  end,
}
