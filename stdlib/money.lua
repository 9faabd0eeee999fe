-- money: what exports write for an amount, in cents. Blank is nil; what is no amount ("CALL") is nil and why.
local find, gsub, match, sub, upper = string.find, string.gsub, string.match, string.sub, string.upper
local floor, type = math.floor, type

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

-- Words that say "nothing to pay". Any other word is no amount: who may be asked for a price has not named one.
local free = { ["N/C"] = true, ["NO CHARGE"] = true, ["NO CHG"] = true, FREE = true }

local no_amount = "is no amount"

-- Spaces that printing puts between digits: no-break, narrow no-break and thin.
local function without_spaces(text, others)
  if find(text, "[\xC2\xE2]") then
    text = gsub(gsub(gsub(text, "\u{A0}", ""), "\u{202F}", ""), "\u{2009}", "")
  end
  return (gsub(text, others, ""))
end

local function unusual(text)
  local amount = without_spaces(text, "[$%s]")
  local bare = match(amount, "^%((.+)%)$") or match(amount, "^%-(.+)$") or match(amount, "^(.+)%-$")
  local plain = with_point(bare or amount)
  if not plain then return nil end
  local whole, part = match(plain, "^(%d*)%.?(%d*)$")
  if not whole or whole .. part == "" or #part > 2 or #whole + 2 > most_digits then return nil end
  local cents = tonumber(whole .. part .. ("00"):sub(#part + 1))
  return bare and -cents or cents
end

-- A number has no zeros at its end and may miss its amount by a hair, as 412.49999999999994: the nearest cent is meant.
local function of_number(number)
  local cents = floor((number < 0 and -number or number) * 100 + 0.5)
  if cents ~= cents or cents >= 10 ^ most_digits then return nil, no_amount end
  cents = math.tointeger(cents)
  return number < 0 and -cents or cents
end

-- "USD 12.50", "12.50 CR": a code of the currency is no part of the number, and a credit is negative.
local function with_code(text)
  local amount = match(upper(text), "^%s*(.-)%s*$")
  if find(amount, "^US") or find(amount, "^CA") then amount = gsub(gsub(amount, "^USD?%f[^%a]", ""), "^CAD?%f[^%a]", "") end
  local owed = match(amount, "^([^-(]*[%d$])%s*CR$")
  if owed then return unusual("-" .. owed) end
  return unusual((gsub(gsub(amount, "%s*USD$", ""), "%s*CAD$", "")))
end

--- money.cents("$1,234.50") == 123450. A minus before or after and parentheses are negative; a number, as JSON has them, is
--- an amount too: money.cents(58.7) == 5870. What is no amount is nil and why: money.cents("CALL").
function money.cents(text)
  if not text then return nil end
  local whole, part = match(text, "^%$?(%d+)%.(%d%d)$")
  if whole and #whole + 2 <= most_digits then return tonumber(whole .. part) end
  if text == "" then return nil end
  if type(text) == "number" then return of_number(text) end
  if #text > most_bytes then
    if find(text, "%S") then return nil, no_amount end
    return nil
  end
  if find(text, ",", 1, true) then
    local thousands, rest, last = match(text, "^%$?(%d%d?%d?),(%d%d%d)%.(%d%d)$")
    if thousands then return tonumber(thousands .. rest .. last) end
  end
  if not find(text, "%d") then
    if free[upper(match(text, "^%s*(.-)%s*$"))] then return 0 end
    if without_spaces(text, "%s") == "" then return nil end
    return nil, no_amount
  end
  local cents = find(text, "%a") and with_code(text) or unusual(text)
  if cents then return cents end
  return nil, no_amount
end

-- Digits whose last `places` come after the point that nobody wrote, to cents: a third place is rounded.
local function with_places(digits, places, is_negative)
  if #digits > most_digits then return nil, no_amount end
  local amount = tonumber(digits)
  while places < 2 do amount, places = amount * 10, places + 1 end
  if places > 2 then
    local unit = math.tointeger(10 ^ (places - 2))
    amount = (amount + unit // 2) // unit
  end
  return is_negative and -amount or amount
end

local function checked_places(places)
  if places == nil then return 2 end
  if math.type(places) == "integer" and places >= 0 and places <= 6 then return places end
  error("money takes 0 to 6 places, got " .. tostring(places), 3)
end

--- An amount whose point is implied: money.implied("00004150") == 4150; with three places: money.implied("41500", 3).
function money.implied(text, places)
  places = checked_places(places)
  if not text or text == "" then return nil end
  local before, digits, after = match(text, "^%s*(%-?)(%d+)(%-?)%s*$")
  if not digits then
    if not find(text, "%S") then return nil end
    return nil, no_amount
  end
  if before == "-" and after == "-" then return nil, no_amount end
  return with_places(digits, places, before == "-" or after == "-")
end

-- The last digit and the sign in one letter, as COBOL writes them: { and A to I are +0 to +9, } and J to R are -0 to -9.
local overpunched = { ["{"] = "0", ["}"] = "0" }
for digit = 1, 9 do
  overpunched[sub("ABCDEFGHI", digit, digit)] = tostring(digit)
  overpunched[sub("JKLMNOPQR", digit, digit)] = tostring(digit)
end

--- An amount whose point is implied and whose last digit carries the sign: money.overpunch("00004150{") == 41500,
--- money.overpunch("00004150}") == -41500.
function money.overpunch(text, places)
  places = checked_places(places)
  if not text or text == "" then return nil end
  local digits, last = match(text, "^%s*(%d*)([%d{}A-R])%s*$")
  if not digits then
    if not find(text, "%S") then return nil end
    return nil, no_amount
  end
  return with_places(digits .. (overpunched[last] or last), places, find(last, "[}J-R]") ~= nil)
end

return money
