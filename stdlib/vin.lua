-- vin: a vehicle's number, mended (O and Q are 0, I is 1) and checked by its ninth place.
local byte = string.byte

local vin = {}

local values = {}
for place, letter in ipairs { "A", "B", "C", "D", "E", "F", "G", "H" } do values[byte(letter)] = place end
for place, letter in ipairs { "J", "K", "L", "M", "N" } do values[byte(letter)] = place end
values[byte "P"], values[byte "R"] = 7, 9
for place, letter in ipairs { "S", "T", "U", "V", "W", "X", "Y", "Z" } do values[byte(letter)] = place + 1 end
for digit = 0, 9 do values[byte(tostring(digit))] = digit end

local weights = { 8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2 }

--- The number in capitals, or nil when it is not 17 places long or its check digit is wrong.
function vin.repair(text)
  local number = text:upper():gsub("[OQ]", "0"):gsub("I", "1")
  if #number ~= 17 then return nil end
  local sum = 0
  for place = 1, 17 do
    local value = values[byte(number, place)]
    if not value then return nil end
    sum = sum + value * weights[place]
  end
  local check = sum % 11
  if number:sub(9, 9) ~= (check == 10 and "X" or tostring(check)) then return nil end
  return number
end

return vin
