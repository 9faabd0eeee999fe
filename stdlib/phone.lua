-- phone: US and Canadian numbers as "+13125550142"; nil when the text is none.
local phone = {}

--- phone.us("(312) 555-0142") == "+13125550142".
function phone.us(text)
  local digits = text:gsub("%D", "")
  if #digits == 11 and digits:sub(1, 1) == "1" then digits = digits:sub(2) end
  if #digits ~= 10 or not digits:find("^[2-9]%d%d[2-9]") then return nil end
  return "+1" .. digits
end

local order = { "C", "H", "W" }

--- From a list with labels, the cell, else the home, else the work number: phone.pick("H:(312) 555-0142/C:(312) 555-0177").
function phone.pick(text)
  for i = 1, #order do
    local found = text:match(order[i] .. ":([^/;]*)")
    local number = found and phone.us(found)
    if number then return number end
  end
  if text:find("%a:") then return nil end
  return phone.us(text)
end

return phone
