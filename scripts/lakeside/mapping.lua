-- One job a line with a disposition. What was done, here or elsewhere, ends a follow-up, so that it is mapped too.
local phone, consent, names, vin = require "phone", require "consent", require "names", require "vin"
local vehicles, money = require "vehicles", require "money"

return {
  feed = { format = "csv", group_by = "ro" },

  repair_order = function(rows)
    local first = rows[1]
    local declined, performed, done_elsewhere = {}, {}, {}
    for _, row in ipairs(rows) do
      if row.disposition == "DECLINED" then
        declined[#declined + 1] = { op_code = row.op, description = row.desc, price_cents = money.cents(row.price) }
      elseif row.disposition == "PERFORMED" then
        performed[#performed + 1] = { op_code = row.op, description = row.desc, price_cents = money.cents(row.price) }
      end
      done_elsewhere[#done_elsewhere + 1] = row.remarks:match("CUST HAD (%w+) DONE ELSEWHERE")
    end

    local name, first_name = names.first_last(first.first, first.last)
    return {
      ro_number = first.ro, closed_on = first.closed, mileage = vehicles.miles(first.miles),
      customer = {
        name = name, first_name = first_name, phone = phone.us(first.cell),
        email = consent.email_address(first.email), text_ok = consent.opt_in(first.sms_opt_in),
      },
      vehicle = { vin = vin.repair(first.vin), year = vehicles.year(first.year), make = first.make, model = first.model },
      declined = declined, performed = performed, done_elsewhere = done_elsewhere,
    }
  end,
}
