-- vin: a vehicle's number, mended (O and Q are 0, I is 1) and checked by its ninth place.
local byte, find, gsub, match, sub, upper = string.byte, string.find, string.gsub, string.match, string.sub, string.upper

local vin = {}

local values = {}
for place, letter in ipairs { "A", "B", "C", "D", "E", "F", "G", "H" } do values[byte(letter)] = place end
for place, letter in ipairs { "J", "K", "L", "M", "N" } do values[byte(letter)] = place end
values[byte "P"], values[byte "R"] = 7, 9
for place, letter in ipairs { "S", "T", "U", "V", "W", "X", "Y", "Z" } do values[byte(letter)] = place + 1 end
for digit = 0, 9 do values[byte(tostring(digit))] = digit end

local ten = byte "X"
local zero = byte "0"

-- More than any sum of weighted values: what a character that no VIN has counts for.
local none = 1000000

-- Whether the ninth of 17 places is the check digit of the others. Each counts by its weight, the ninth not at all; written
-- out, for a loop costs three times as much.
local function is_checked(number)
  local a, b, c, d, e, f, g, h, check, i, j, k, l, m, n, o, p = byte(number, 1, 17)
  local sum = (values[a] or none) * 8 + (values[b] or none) * 7 + (values[c] or none) * 6 + (values[d] or none) * 5
    + (values[e] or none) * 4 + (values[f] or none) * 3 + (values[g] or none) * 2 + (values[h] or none) * 10
    + (values[i] or none) * 9 + (values[j] or none) * 8 + (values[k] or none) * 7 + (values[l] or none) * 6
    + (values[m] or none) * 5 + (values[n] or none) * 4 + (values[o] or none) * 3 + (values[p] or none) * 2
  if sum >= none then return false end
  local rest = sum % 11
  return check == (rest == 10 and ten or zero + rest)
end

--- The ninth place as the others make it: vin.check_digit("1FAFAKE0XNZ001001") == "X"; nil when another place is none of a VIN's.
function vin.check_digit(text)
  if not text or #text ~= 17 then return nil end
  local number = upper(text)
  for _, digit in ipairs { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X" } do
    if is_checked(sub(number, 1, 8) .. digit .. sub(number, 10)) then return digit end
  end
  return nil
end

--- The number in capitals, or nil and why when it is not 17 places long or its check digit is wrong.
function vin.repair(text)
  if not text then return nil, "has 0 places, not 17" end
  if #text == 17 and is_checked(text) then return text end
  local number = upper(text)
  if find(number, "[^%dA-HJ-NPR-Z]") then
    number = match(number, "^%s*(%S+)%s*$")
    if not number then return nil, "is not one word" end
    number = gsub(gsub(number, "[OQ]", "0"), "I", "1")
    if find(number, "[^%dA-HJ-NPR-Z]") then return nil, "has a character that no VIN has" end
  end
  if #number ~= 17 then return nil, "has " .. #number .. " places, not 17" end
  if not is_checked(number) then return nil, "has a wrong check digit" end
  return number
end

return vin
