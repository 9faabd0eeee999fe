-- consent: flags by what they mean. true and false are answers; nil is "never asked", and nil is not yes.
local find, gsub, lower, match, upper = string.find, string.gsub, string.lower, string.match, string.upper

local consent = {}

-- O and OUI, N and NON are the French answers; -1 is what some databases write for true.
local answers = {
  Y = true, YES = true, ["1"] = true, TRUE = true, T = true, O = true, OUI = true, ["-1"] = true,
  N = false, NO = false, ["0"] = false, FALSE = false, F = false, NON = false,
}

--- A column that says "may we?": Y is true, N is false, blank is nil.
function consent.opt_in(text)
  if text == "" then return nil end
  local answer = answers[text]
  if answer ~= nil then return answer end
  return answers[upper((gsub(text, "%s", "")))]
end

--- A column that says "don't": Y is false. N is nil, for "not blocked" is not "opted in".
function consent.block_flag(text)
  if consent.opt_in(text) then return false end
  return nil
end

--- An e-mail address in lower case; nil for blank and for what is no address, as NONE and REFUSED.
function consent.email_address(text)
  if find(text, "^%w[%w._-]*@%w+%.%w+$") then return lower(text) end
  local address = match(text, "^%s*(%S+)%s*$")
  if not address or not find(address, "^[^@%c]+@[^@%c]+%.[^@%c]+$") then return nil end
  return lower(address)
end

return consent
