-- A CDK-style history: one row a repair order, its lines side by side in cells with ý (the system's value mark) between.
local dates, phone, consent, names = require "dates", require "phone", require "consent", require "names"
local vin, vehicles, money, condition = require "vin", require "vehicles", require "money", require "condition"

local function split(cell)
  local parts = {}
  for part in (cell .. "ý"):gmatch("(.-)ý") do parts[#parts + 1] = part end
  return parts
end

-- "DECLINED REAR BRAKE PADS & ROTORS REAR PADS 3MM EST 412.50"
local function declined_item(op_code, text)
  local rest, estimate = text:match("^(.-)%s+EST ([%d.,]+)$")
  local measured, description = condition.parse(rest or text)
  return {
    op_code = op_code:sub(2),
    description = description:gsub("^DECLINED%s+", ""):gsub("%s+$", ""),
    price_cents = estimate and money.cents(estimate),
    condition = measured,
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
