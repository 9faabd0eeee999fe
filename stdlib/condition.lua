-- condition: measurements and severities out of a technician's words.
local byte, find, sub = string.byte, string.find, string.sub

local condition = {}

-- The fixed words come first: a plain search for them is cheap, and settles most texts.
local forms = {
  { "REAR PADS ", "REAR PADS (%d+%.?%d*)MM", "brake_pad_rear", "mm" },
  { "FRT PADS ", "FRT PADS (%d+%.?%d*)MM", "brake_pad_front", "mm" },
  { "FRT TREAD ", "FRT TREAD (%d+)/32", "tire_tread_front", "32nds" },
  { "RR TREAD ", "RR TREAD (%d+)/32", "tire_tread_rear", "32nds" },
  { "BATT ", "BATT (%d+) CCA", "battery_cca", "cca" },
}

local space = byte " "
local shortest = #"BATT 9 CCA"

--- The measurement, and the text without it: condition.parse("PADS & ROTORS REAR PADS 3MM").
function condition.parse(text)
  if #text < shortest then return nil, text end
  for i = 1, #forms do
    local form = forms[i]
    if find(text, form[1], 1, true) then
      local from, to, value = find(text, form[2])
      if from then
        if byte(text, from - 1) == space then from = from - 1 end
        return { measure = form[3], value = tonumber(value), unit = form[4] }, sub(text, 1, from - 1) .. sub(text, to + 1)
      end
    end
  end
  return nil, text
end

--- "red" or "yellow" from [R] or [Y], ** RED ** or ** YELLOW **; nil when none is there.
function condition.severity(text)
  if find(text, "[R]", 1, true) or find(text, "* RED *", 1, true) then return "red" end
  if find(text, "[Y]", 1, true) or find(text, "* YELLOW *", 1, true) then return "yellow" end
  return nil
end

return condition
