--- Counts and folds characters the way text messages do: GSM-7 (160 or 153 a segment), else UCS-2 (70 or 67).
local gsm = {}

local outside_ascii = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€"
local doubled = "^{}\\[]~|€"

--- Plain forms, each with the characters that fold to it, as one string: a table would cost a script 20 KB.
local folds = "'=’‘‛`´ \"=“”„«» -=–—‑− ...=… =\u{200B}\u{FEFF}®™ x=× oe=œ OE=Œ "
  .. "a=áâãāăą A=ÁÀÂÃĀĂĄ c=çćč C=ĆČ d=ďđð D=ĎĐÐ e=êëēęě E=ÈÊËĒĘĚ g=ğģ G=ĞĢ i=íîïīıį I=ÍÌÎÏĪİĮ k=ķ K=Ķ l=łľļ L=ŁĽĻ "
  .. "n=ńňņ N=ŃŇŅ o=óôõōő O=ÓÒÔÕŌŐ r=ř R=Ř s=śšşș S=ŚŠŞȘ t=ťțţ T=ŤȚŢ u=úûūůűų U=ÚÙÛŪŮŰŲ y=ýÿ Y=ÝŸ z=źżž Z=ŹŻŽ "

local function width(char)
  if #char > 1 then return outside_ascii:find(char, 1, true) and (char == "€" and 2 or 1) end
  if not char:find "[ -~\n\r]" or char == "`" then return nil end
  return doubled:find(char, 1, true) and 2 or 1
end

local function plain_form(char)
  if char == "\u{A0}" or char == "\u{202F}" or char == "\t" then return " " end
  local at = #char > 1 and folds:find(char, 1, true) or char == "`" and 1
  if not at then return nil end
  return char == "`" and "'" or folds:sub(1, at):match "(%S*)=[^%s=]*$"
end

--- Returns the length in GSM-7 units (`{`, `~`, `€` and a few more count 2), or nil when a character needs UCS-2.
function gsm.units(text)
  if text:match "^[a-z -Z_\n]*()" > #text then return #text end
  if not utf8.len(text) then return nil end
  local units = 0
  for char in text:gmatch(utf8.charpattern) do
    local char_units = width(char)
    if not char_units then return nil end
    units = units + char_units
  end
  return units
end

--- Returns how many segments the text takes, and "GSM-7" or "UCS-2". No character is split across segments.
function gsm.segments(text)
  local total = gsm.units(text)
  local encoding, whole, part = "GSM-7", 160, 153
  if not total then
    encoding, whole, part, total = "UCS-2", 70, 67, 0
    for char in text:gmatch(utf8.charpattern) do total = total + (#char == 4 and 2 or 1) end
  end
  if total <= whole then return 1, encoding end
  local segments, used = 1, 0
  for char in text:gmatch(utf8.charpattern) do
    local units = encoding == "GSM-7" and width(char) or #char == 4 and 2 or 1
    if used + units > part then segments, used = segments + 1, 0 end
    used = used + units
  end
  return segments, encoding
end

--- Returns the text with curly quotes, dashes and accents outside GSM-7 made plain, and whether every character had a
--- plain form. Those without one are left out.
function gsm.fold(text)
  if not text:find "[^ -_a-~\n]" then return text, true end
  local complete = true
  local folded = text:gsub(utf8.charpattern, function(char)
    if width(char) then return char end
    local plain = plain_form(char)
    if not plain then complete = false end
    return plain or ""
  end)
  return folded, complete
end

return gsm
