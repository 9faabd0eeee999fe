-- A CDK-style history: one row a repair order, its lines side by side in cells with ý (the system's value mark) between.
local dates, phone, consent, names = require "dates", require "phone", require "consent", require "names"
local vin, vehicles, money, condition = require "vin", require "vehicles", require "money", require "condition"

local find, sub = string.find, string.sub
local mark = "ý"

local function split(cell)
  local parts, from = {}, 1
  local to = find(cell, mark, 1, true)
  while to do
    parts[#parts + 1] = sub(cell, from, to - 1)
    from = to + #mark
    to = find(cell, mark, from, true)
  end
  parts[#parts + 1] = sub(cell, from)
  return parts
end

-- "DECLINED REAR BRAKE PADS & ROTORS REAR PADS 3MM EST 412.50"; without EST nobody gave a price, and 0 would be a lie.
local function declined_item(op_code, text)
  local estimate = find(text, " EST ", 1, true)
  local measured, description = condition.parse(sub(text, #"DECLINED " + 1, estimate and estimate - 1))
  return {
    op_code = sub(op_code, 2), description = description, condition = measured,
    price_cents = estimate and money.cents(sub(text, estimate + #" EST ")),
  }
end

return {
  feed = { format = "csv", encoding = "latin-1" },

  repair_order = function(rows)
    local row = rows[1]
    if row.voiddate ~= "" or row.rostatuscodedesc == "VOIDED" then return skip "voided" end
    local closed_on = dates.parse(row.closedate, "DDMMMYY")
    if not closed_on then return quarantine "closedate is no day" end

    local declined, words = {}, split(row.lbropcodedesc)
    for place, op_code in ipairs(split(row.lbropcode)) do
      -- A declined line has an X before its op code and says so in words.
      if op_code:find("^X") and (words[place] or ""):find("^DECLINED ") then
        declined[#declined + 1] = declined_item(op_code, words[place])
      end
    end

    local name, first_name = names.person(row.name1)
    -- blockautomsg blocks all automatic messages. N only means that nobody blocked them, which is no consent.
    local allowed = consent.block_flag(row.blockautomsg)
    return {
      ro_number = row.ronumber, closed_on = closed_on, mileage = vehicles.miles(row.mileage),
      customer = {
        name = name, first_name = first_name, phone = phone.us(row.contactphonenumber),
        email = consent.email_address(row.contactemailaddress), text_ok = allowed, email_ok = allowed,
      },
      vehicle = { vin = vin.repair(row.vin), year = vehicles.year(row.year), make = vehicles.make(row.make), model = row.model },
      declined = declined,
    }
  end,
}
