-- Corrections arrive as whole repair orders with a revision, in any order; action V voids a number.
local phone, consent, names, vin = require "phone", require "consent", require "names", require "vin"
local vehicles, money = require "vehicles", require "money"

return {
  feed = { format = "csv", group_by = { "ro", "rev", "action", "extract_ts" }, order = "extract_ts", fold = true },

  repair_order = function(rows)
    local first = rows[1]
    local declined = {}
    for _, row in ipairs(rows) do
      if row.line_status == "DECLINED" then
        declined[#declined + 1] = { op_code = row.op, description = row.desc, price_cents = money.cents(row.price) }
      end
    end
    local name, first_name = names.first_last(first.first, first.last)
    return {
      ro_number = first.ro, revision = tonumber(first.rev), status = first.action == "V" and "void" or "closed",
      closed_on = first.closed, mileage = vehicles.miles(first.miles),
      customer = {
        name = name, first_name = first_name, phone = phone.us(first.cell),
        email = consent.email_address(first.email), text_ok = consent.opt_in(first.sms),
      },
      vehicle = { vin = vin.repair(first.vin), year = vehicles.year(first.year), make = first.make, model = first.model },
      declined = declined,
    }
  end,
}
