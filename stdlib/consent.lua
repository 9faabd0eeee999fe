-- consent: flags by what they mean. true and false are answers; nil is "never asked", and nil is not yes.
local consent = {}

local yes = { Y = true, YES = true, ["1"] = true, TRUE = true, T = true, O = true, OUI = true, ["-1"] = true }
local no = { N = true, NO = true, ["0"] = true, FALSE = true, F = true, NON = true }

--- A column that says "may we?": Y is true, N is false, blank is nil.
function consent.opt_in(text)
  local flag = text:gsub("%s", ""):upper()
  if yes[flag] then return true end
  if no[flag] then return false end
  return nil
end

--- A column that says "don't": Y is false. N is nil, for "not blocked" is not "opted in".
function consent.block_flag(text)
  if consent.opt_in(text) then return false end
  return nil
end

local refusals = { NONE = true, REFUSED = true, DECLINED = true, NA = true, ["N/A"] = true }

--- An e-mail address in lower case; nil for blank, NONE, REFUSED and what is no address.
function consent.email_address(text)
  local address = text:gsub("^%s+", ""):gsub("%s+$", "")
  if refusals[address:upper()] or not address:find("^[^@%s]+@[^@%s]+%.[^@%s]+$") then return nil end
  return address:lower()
end

return consent
