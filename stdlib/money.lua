-- money: what exports write for an amount, in cents; nil when it is none ("", "CALL").
local money = {}

--- money.cents("$1,234.50") == 123450. A minus before or after and parentheses are negative.
function money.cents(text)
  local bare = text:gsub("\u{A0}", ""):gsub("[$,%s]", "")
  local negative = bare:find("^%(.*%)$") or bare:find("^%-") or bare:find("%-$")
  if negative then bare = bare:gsub("[()%-]", "") end
  local whole, part = bare:match("^(%d*)%.?(%d*)$")
  if not whole or whole .. part == "" or #part > 2 then return nil end
  local cents = (tonumber(whole) or 0) * 100 + (part == "" and 0 or tonumber(#part == 1 and part .. "0" or part))
  return negative and -cents or cents
end

return money
