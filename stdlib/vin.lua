-- vin: a vehicle's number, mended (O and Q are 0, I is 1) and checked by its ninth place.
local byte, find, gsub, match, upper = string.byte, string.find, string.gsub, string.match, string.upper

local vin = {}

local values = {}
for place, letter in ipairs { "A", "B", "C", "D", "E", "F", "G", "H" } do values[byte(letter)] = place end
for place, letter in ipairs { "J", "K", "L", "M", "N" } do values[byte(letter)] = place end
values[byte "P"], values[byte "R"] = 7, 9
for place, letter in ipairs { "S", "T", "U", "V", "W", "X", "Y", "Z" } do values[byte(letter)] = place + 1 end
for digit = 0, 9 do values[byte(tostring(digit))] = digit end

local ten = byte "X"
local zero = byte "0"

--- The number in capitals, or nil and why when it is not 17 places long or its check digit is wrong.
function vin.repair(text)
  local number = upper(text)
  if find(number, "[^%dA-HJ-NPR-Z]") then
    number = match(number, "^%s*(%S+)%s*$")
    if not number then return nil, "is not one word" end
    number = gsub(gsub(number, "[OQ]", "0"), "I", "1")
    if find(number, "[^%dA-HJ-NPR-Z]") then return nil, "has a character that no VIN has" end
  end
  if #number ~= 17 then return nil, "has " .. #number .. " places, not 17" end
  -- Each place counts by its weight, the ninth not at all; written out, for a loop costs three times as much.
  local a, b, c, d, e, f, g, h, check, i, j, k, l, m, n, o, p = byte(number, 1, 17)
  local rest = (values[a] * 8 + values[b] * 7 + values[c] * 6 + values[d] * 5 + values[e] * 4 + values[f] * 3
    + values[g] * 2 + values[h] * 10 + values[i] * 9 + values[j] * 8 + values[k] * 7 + values[l] * 6
    + values[m] * 5 + values[n] * 4 + values[o] * 3 + values[p] * 2) % 11
  if check ~= (rest == 10 and ten or zero + rest) then return nil, "has a wrong check digit" end
  return number
end

return vin
