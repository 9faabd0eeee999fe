--- Counts and folds characters the way text messages do: GSM-7 (160 or 153 a segment), else UCS-2 (70 or 67).
local gsm = {}

local base, doubled, folds = {}, {}, {}

for _, char in utf8.codes("£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà") do base[utf8.char(char)] = true end
for byte = 32, 126 do base[string.char(byte)] = true end
base["`"], base["\n"], base["\r"] = nil, true, true
for _, char in ipairs { "^", "{", "}", "\\", "[", "]", "~", "|", "€" } do
  base[char], doubled[char] = true, true
end

--- Each plain text, and the characters that fold to it.
for plain, chars in pairs {
  ["'"] = "’‘‛`´", ['"'] = "“”„«»", ["-"] = "–—‑−", ["..."] = "…", [" "] = "\u{A0}\u{202F}\t", [""] = "\u{200B}\u{FEFF}®™",
  a = "áâãāăą", A = "ÁÀÂÃĀĂĄ", c = "çćč", C = "ĆČ", d = "ďđð", D = "ĎĐÐ", e = "êëēęě", E = "ÈÊËĒĘĚ", g = "ğģ", G = "ĞĢ",
  i = "íîïīıį", I = "ÍÌÎÏĪİĮ", k = "ķ", K = "Ķ", l = "łľļ", L = "ŁĽĻ", n = "ńňņ", N = "ŃŇŅ", o = "óôõōő", O = "ÓÒÔÕŌŐ",
  r = "ř", R = "Ř", s = "śšşș", S = "ŚŠŞȘ", t = "ťțţ", T = "ŤȚŢ", u = "úûūůűų", U = "ÚÙÛŪŮŰŲ", y = "ýÿ", Y = "ÝŸ",
  z = "źżž", Z = "ŹŻŽ", x = "×", oe = "œ", OE = "Œ", [" 1/2"] = "½", [" deg"] = "°",
} do
  for _, char in utf8.codes(chars) do folds[utf8.char(char)] = plain end
end

--- Returns the length in GSM-7 units (`{`, `~`, `€` and a few more count 2), or nil when a character needs UCS-2.
function gsm.units(text)
  if not text:find "[^ -Z_a-z\n]" then return #text end
  if not utf8.len(text) then return nil end
  local units = 0
  for char in text:gmatch(utf8.charpattern) do
    if not base[char] then return nil end
    units = units + (doubled[char] and 2 or 1)
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
    local width = (encoding == "GSM-7" and doubled[char] or #char == 4) and 2 or 1
    if used + width > part then segments, used = segments + 1, 0 end
    used = used + width
  end
  return segments, encoding
end

--- Returns the text with curly quotes, dashes and accents outside GSM-7 made plain, and whether every character had a
--- plain form. Those without one are left out.
function gsm.fold(text)
  if not text:find "[^ -_a-~\n]" then return text, true end
  local complete = true
  local folded = text:gsub(utf8.charpattern, function(char)
    if base[char] then return char end
    local plain = folds[char]
    if not plain then complete = false end
    return plain or ""
  end)
  return folded, complete
end

return gsm
