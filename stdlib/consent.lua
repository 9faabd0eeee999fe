-- consent: flags by what they mean. true and false are answers; nil is "never asked", and nil is not yes.
local find, gsub, lower, match, sub, upper = string.find, string.gsub, string.lower, string.match, string.sub, string.upper

local consent = {}

-- O and OUI, N and NON are the French answers; -1 is what some databases write for true.
local answers = {
  Y = true, YES = true, ["1"] = true, TRUE = true, T = true, O = true, OUI = true, ["-1"] = true,
  N = false, NO = false, ["0"] = false, FALSE = false, F = false, NON = false,
  -- JSON's own, and numbers.
  [true] = true, [1] = true, [-1] = true, [false] = false, [0] = false,
}

--- A column that says "may we?": Y is true, N is false, blank is nil. Also -1, 1, 0; O and N (oui, non); true and false.
function consent.opt_in(text)
  if text == "" or text == nil then return nil end
  local answer = answers[text]
  if answer ~= nil then return answer end
  return answers[upper((gsub(text, "%s", "")))]
end

--- A column that says "don't": Y is false. N is nil, for "not blocked" is not "opted in".
function consent.block_flag(text)
  if consent.opt_in(text) then return false end
  return nil
end

--- A question that the customer answered, "keep off?": Y is false, N is true, blank is nil. Only for a column that the export's
--- makers say holds an answer: where N is merely what nobody changed, it is a block_flag.
function consent.opt_out(text)
  local answer = consent.opt_in(text)
  if answer == nil then return nil end
  return not answer
end

-- What a person prefers, by the letters of the word. MAIL is a letter in an envelope, which no channel of ours is.
local channels = {
  TEXT = "text", TEXTMESSAGE = "text", SMS = "text", TXT = "text", T = "text", TEXTO = "text",
  EMAIL = "email", E = "email", COURRIEL = "email",
  PHONE = "call", PHONECALL = "call", CALL = "call", VOICE = "call", TELEPHONE = "call", TEL = "call", P = "call",
  HOMEPHONE = "call", CELLPHONE = "call", WORKPHONE = "call",
}

--- The preferred channel in our words: consent.channel("SMS") == "text"; "email", "call", or nil for none of the three.
function consent.channel(text)
  if text == nil or text == "" then return nil end
  return channels[text] or channels[upper((gsub(text, "[^%a]", "")))]
end

--- An e-mail address in lower case; nil for blank and for what is no address, as NONE and REFUSED.
function consent.email_address(text)
  if not text then return nil end
  if find(text, "^%w[%w._-]*@%w+%.%w+$") then return lower(text) end
  local address = match(text, "^%s*(%S+)%s*$")
  if address and find(address, "^[Mm][Aa][Ii][Ll][Tt][Oo]:") then address = sub(address, 8) end
  if not address or not find(address, "^[^@%c]+@[^@%c]+%.[^@%c]+$") then return nil end
  return lower(address)
end

return consent
