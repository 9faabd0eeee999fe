-- money: what exports write for an amount, in cents; nil when it is none ("", "CALL").
local find, gsub, match = string.find, string.gsub, string.match

local money = {}

-- Thirteen digits of cents stay whole numbers and are more than any repair order costs.
local most_digits = 13

-- A longer text is no amount, and isn't searched for one.
local most_bytes = 40

-- A comma before one or two last digits is a decimal comma ("1 234,56 $"); before three it parts thousands.
local function with_point(amount)
  local whole, part = match(amount, "^([%d.]*),(%d%d?)$")
  if whole then return gsub(whole, "%.", "") .. "." .. part end
  if not find(amount, ",", 1, true) then return amount end
  if not find(amount, "^%d%d?%d?,%d%d%d") or find(amount, ",%d?%d?%f[%D]") or find(amount, ",%d%d%d%d") then return nil end
  return (gsub(amount, ",", ""))
end

local function unusual(text)
  local amount = gsub(gsub(text, "\u{A0}", ""), "[$%s]", "")
  local bare = match(amount, "^%((.+)%)$") or match(amount, "^%-(.+)$") or match(amount, "^(.+)%-$")
  local plain = with_point(bare or amount)
  if not plain then return nil end
  local whole, part = match(plain, "^(%d*)%.?(%d*)$")
  if not whole or whole .. part == "" or #part > 2 or #whole + 2 > most_digits then return nil end
  local cents = tonumber(whole .. part .. ("00"):sub(#part + 1))
  return bare and -cents or cents
end

--- money.cents("$1,234.50") == 123450. A minus before or after and parentheses are negative.
function money.cents(text)
  local whole, part = match(text, "^%$?(%d+)%.(%d%d)$")
  if whole and #whole + 2 <= most_digits then return tonumber(whole .. part) end
  if text == "" or #text > most_bytes then return nil end
  return unusual(text)
end

return money
