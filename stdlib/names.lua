-- names: "O'BRIEN,MAURA K" is Maura O'Brien; a business keeps its name and has no first name.
local char, find, gsub, lower, match, upper = string.char, string.find, string.gsub, string.lower, string.match, string.upper

local names = {}

local businesses = { LLC = true, INC = true, CO = true, LTD = true, CORP = true, LTEE = true, ENR = true }

-- Letters in both cases; À to Þ and à to þ are two bytes each in UTF-8, and 0x97 is the sign ×.
local capitals, small_accents, capital_accents = {}, {}, {}
for code = 0x61, 0x7A do capitals[char(code)] = char(code - 0x20) end
for code = 0x80, 0x9E do
  if code ~= 0x97 then
    local capital, small = "\xC3" .. char(code), "\xC3" .. char(code + 0x20)
    small_accents[capital], capital_accents[small] = small, capital
  end
end

local function is_business(text)
  local word = match(text, "^.*%A(%a+)%.?$")
  if not word then return false end
  return businesses[upper(word)] or find(text, " [Ll][Tt]\xC3[\x89\xA9][Ee]%.?$") ~= nil -- LTÉE, which is LTD in French
end

--- "MARY-ANN O'BRIEN" as "Mary-Ann O'Brien"; text in mixed case is left alone.
function names.caps(text)
  if find(text, "%l") then return text end
  -- The frontier (%f) is a word's start: after a space, a hyphen, an apostrophe, or at the beginning, which reads as \0.
  local named = gsub(lower(text), "%f[^%s%-'\0]%l", capitals)
  if not find(named, "\xC3", 1, true) then return named end
  named = gsub(named, "\xC3[\x80-\x9E]", small_accents)
  return (gsub(named, "%f[^%s%-'\0]\xC3[\xA0-\xBE]", capital_accents))
end

local function without_initial(text)
  return match(text, "^(.*%S)%s+%a%.?$") or text
end

local function joined(first, last)
  first, last = names.caps(without_initial(first)), names.caps(last)
  return first .. " " .. last, first
end

local function alone(first)
  local name = names.caps(without_initial(first))
  return name, name
end

-- Text without NULs, which some systems pad with; other control characters part words.
local function printable(text)
  return (gsub(gsub(text, "\0+", ""), "%c+", " "))
end

--- The name and the first name: names.person("O'BRIEN,MAURA K") gives "Maura O'Brien", "Maura".
function names.person(text)
  if not text then return nil, nil end
  -- Most names are written "LAST, FIRST" or "LAST, FIRST K", in capitals without accents.
  local l, ast, word, f, irst, initial = match(text, "^(%u)(%u+), ?((%u)(%u*))( ?%u?)$")
  if l and initial ~= " " and not businesses[word] then
    local given = f .. lower(irst)
    return given .. " " .. l .. lower(ast), given
  end
  if find(text, "%c") then text = printable(text) end
  -- Patterns here begin at a fixed place: two open repeats in a row would take seconds on a long cell of blanks.
  local name, comma = match(text, "^(.*[^%s,])%s*(,?)", find(text, "%S"))
  if not name then return nil, nil end
  if is_business(name) then return name, nil end
  -- What follows a second comma ("SMITH,JOHN,JR") belongs to neither name.
  local last, first = match(name, "^([^,]*[^,%s])%s*,%s*([^,%s][^,]*)")
  if last then return joined(match(first, "^.*%S"), last) end
  first = match(name, "^,[%s,]*([^%s,].*)")
  if first then return alone(first) end
  -- "SMITH," is a last name alone.
  if comma ~= "" then return names.caps(name), nil end
  local front, middle, back = match(name, "^(%S+)%s+(%a)%.?%s+(%S.*)$")
  if middle then return joined(front, back) end
  return names.caps(name), names.caps(match(name, "^%S+"))
end

--- The same from two columns, and a third for a business, if there is one:
--- names.first_last("MAURA K", "O'BRIEN") gives "Maura O'Brien", "Maura".
function names.first_last(first, last, business)
  if business and find(business, "%S") then return printable(business), nil end
  if not first or not last then return names.first_last(first or "", last or "") end
  -- Most are one word each, without accents.
  local f, irst = match(first, "^(%u)(%u+)$")
  local l, ast
  if f then
    l, ast = match(last, "^(%u)(%u+)$")
    if l then
      local given = f .. lower(irst)
      return given .. " " .. l .. lower(ast), given
    end
  elseif find(first, "^%u%l+$") and find(last, "^%u%l+$") then
    return first .. " " .. last, first
  end
  if first ~= "" and last ~= "" and not is_business(last) then
    local name, given = joined(first, last)
    if not find(name, "%c") then return name, given end
  end
  if find(first, "%c") or find(last, "%c") then
    return names.first_last(printable(first), printable(last))
  end
  if first == "" then
    if last == "" then return nil, nil end
    return is_business(last) and last or names.caps(last), nil
  end
  if last == "" then
    if is_business(first) then return first, nil end
    return alone(first)
  end
  return first .. " " .. last, nil
end

return names
