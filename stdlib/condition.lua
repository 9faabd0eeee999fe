-- condition: measurements and severities out of a technician's words.
local condition = {}

local forms = {
  { "REAR PADS (%d+)MM", "brake_pad_rear", "mm" },
  { "FRT PADS (%d+)MM", "brake_pad_front", "mm" },
  { "FRT TREAD (%d+)/32", "tire_tread_front", "32nds" },
  { "RR TREAD (%d+)/32", "tire_tread_rear", "32nds" },
  { "BATT (%d+) CCA", "battery_cca", "cca" },
}

--- The measurement, and the text without it: condition.parse("PADS & ROTORS REAR PADS 3MM").
function condition.parse(text)
  for i = 1, #forms do
    local form = forms[i]
    local from, to, value = text:find(form[1])
    if from then
      local rest = text:sub(1, from - 1) .. text:sub(to + 1)
      return { measure = form[2], value = tonumber(value), unit = form[3] }, rest
    end
  end
  return nil, text
end

--- "red" or "yellow" from [R] or [Y]; nil when neither is there.
function condition.severity(text)
  if text:find("[R]", 1, true) then return "red" end
  if text:find("[Y]", 1, true) then return "yellow" end
  return nil
end

return condition
