-- phone: US and Canadian numbers as "+13125550142"; nil when the text is none.
local byte, find, gsub, match, sub = string.byte, string.find, string.gsub, string.match, string.sub

local phone = {}

--- phone.us("(312) 555-0142") == "+13125550142". An extension ("x12") is left off.
function phone.us(text)
  local area, exchange, line = match(text, "^%(?([2-9]%d%d)%)?[ .-]*([2-9]%d%d)[ .-]*(%d%d%d%d)$")
  if area then return "+1" .. area .. exchange .. line end
  if text == "" then return nil end
  local digits = gsub(match(text, "^[^xX]*"), "%D", "")
  if #digits == 11 and sub(digits, 1, 1) == "1" then digits = sub(digits, 2) end
  if #digits ~= 10 or not find(digits, "^[2-9]%d%d[2-9]") then return nil end
  return "+1" .. digits
end

-- A label is a letter that stands alone: the C of "FAC:" marks no cell.
local labels = { "%f[%a][Cc]:([^/;]*)", "%f[%a][Hh]:([^/;]*)", "%f[%a][Ww]:([^/;]*)" }

local slash = byte "/"

-- The cell of "H:(312) 555-0142/C:(312) 555-0177", as most lists are written; nil for any other.
local function usual_cell(text)
  local at = find(text, "C:", 1, true)
  if not at or at > 1 and byte(text, at - 1) ~= slash or find(text, "c:", 1, true) then return nil end
  local area, exchange, line = match(text, "^%(([2-9]%d%d)%) ([2-9]%d%d)-(%d%d%d%d)%f[/;\0]", at + 2)
  return area and "+1" .. area .. exchange .. line
end

--- From a list with labels, the cell, else the home, else the work number: phone.pick("H:(312) 555-0142/C:(312) 555-0177").
function phone.pick(text)
  local cell = usual_cell(text)
  if cell then return cell end
  if not find(text, "%a:") then return phone.us(text) end
  for i = 1, #labels do
    local found = match(text, labels[i])
    local number = found and phone.us(found)
    if number then return number end
  end
  return nil
end

return phone
