-- names: "O'BRIEN,MAURA K" is Maura O'Brien; a business keeps its name and has no first name.
local names = {}

local businesses = { LLC = true, INC = true, CO = true, LTD = true, CORP = true }

local function is_business(text)
  return businesses[(text:match("(%a+)%.?%s*$") or ""):upper()] or false
end

--- "MARY-ANN O'BRIEN" as "Mary-Ann O'Brien"; text in mixed case is left alone.
function names.caps(text)
  if text:find("%l") then return text end
  return (text:lower():gsub("^%a", string.upper):gsub("[%s%-']%a", string.upper))
end

--- The name and the first name: names.person("O'BRIEN,MAURA K") gives "Maura O'Brien", "Maura".
function names.person(text)
  local name = text:gsub("^%s+", ""):gsub("%s+$", "")
  if name == "" then return nil, nil end
  if is_business(name) then return name, nil end
  local last, first = name:match("^([^,]+),%s*(.+)$")
  if not last then return names.caps(name), names.caps(name:match("^%S+")) end
  first = names.caps(first:gsub("%s+%a%.?$", ""))
  return first .. " " .. names.caps(last), first
end

--- The same from two columns.
function names.first_last(first, last)
  if first == "" and last == "" then return nil, nil end
  if first == "" then return last, nil end
  return names.caps(first) .. " " .. names.caps(last), names.caps(first)
end

return names
