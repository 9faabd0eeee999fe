-- phone: US and Canadian numbers as "+13125550142"; nil when the text is none.
local byte, find, gmatch, gsub, match, sub = string.byte, string.find, string.gmatch, string.gsub, string.match, string.sub
local upper = string.upper

local phone = {}

--- phone.us("(312) 555-0142") == "+13125550142". An extension ("x12") is left off.
function phone.us(text)
  if not text then return nil end
  local area, exchange, line = match(text, "^%(?([2-9]%d%d)%)?[ .-]*([2-9]%d%d)[ .-]*(%d%d%d%d)$")
  if area then return "+1" .. area .. exchange .. line end
  if text == "" then return nil end
  -- A number and its extension fit twice over; a long cell isn't searched.
  local digits = gsub(match(sub(text, 1, 60), "^[^xX]*"), "%D", "")
  if #digits == 11 and sub(digits, 1, 1) == "1" then digits = sub(digits, 2) end
  if #digits ~= 10 or not find(digits, "^[2-9]%d%d[2-9]") then return nil end
  return "+1" .. digits
end

-- What a label says, by its letters. PHONE, TEL and NUMBER say nothing of their own: "CELL PHONE" is a cell.
local kinds = {
  c = { "C", "CELL", "CELLULAR", "CELLPHONE", "M", "MOB", "MOBILE", "CELLULAIRE", "CEL" },
  h = { "H", "HOME", "HM", "RES", "RESIDENCE", "HOMEPHONE", "MAISON", "DOMICILE", "EVENING" },
  w = { "W", "WORK", "WK", "BUS", "BUSINESS", "OFFICE", "OFC", "WORKPHONE", "TRAVAIL", "BUREAU" },
  [""] = { "PHONE", "PH", "TEL", "NUMBER", "NO", "TELEPHONE" },
}
local labels = {}
for kind, words in pairs(kinds) do
  for _, word in ipairs(words) do labels[word] = kind end
end

-- The same where every label is one letter, as most lists have it.
local letters = { "%f[%a][Cc]:([^/;]*)", "%f[%a][Hh]:([^/;]*)", "%f[%a][Ww]:([^/;]*)" }

local slash = byte "/"

-- The cell of "H:(312) 555-0142/C:(312) 555-0177", as most lists are written; nil for any other.
local function usual_cell(text)
  local at = find(text, "C:", 1, true)
  if not at or at > 1 and byte(text, at - 1) ~= slash or find(text, "c:", 1, true) then return nil end
  local area, exchange, line = match(text, "^%(([2-9]%d%d)%) ([2-9]%d%d)-(%d%d%d%d)%f[/;\0]", at + 2)
  return area and "+1" .. area .. exchange .. line
end

local usual_order = "chw"

local function checked_order(order)
  if order == nil then return usual_order end
  if type(order) ~= "string" or not find(order, "^[chw]+$") then
    error("phone takes an order of c (cell), h (home) and w (work), as 'chw', got " .. tostring(order), 3)
  end
  return order
end

local function in_order(numbers, order)
  for i = 1, #order do
    local number = numbers[sub(order, i, i)]
    if number then return number end
  end
  return nil
end

-- The numbers of a list by kind, the first of each; nothing between a label and its number but spaces and signs as ":".
local function labelled(text)
  local numbers, kind = {}, nil
  local is_before = not find(text, "^%s*[%d(+]")
  if is_before then
    for word, rest in gmatch(text, "(%a+)([^%a]*)") do
      local named = labels[upper(word)]
      if named ~= "" or not kind then kind = named end
      if kind and kind ~= "" and not numbers[kind] and find(rest, "^[%s:.=#-]*[%d(+]") then numbers[kind] = phone.us(rest) end
      if find(rest, "%d") then kind = nil end
    end
  else
    -- "312-555-0142 (CELL), 312-555-0177 (HOME)": the label follows its number.
    local last
    for rest, word in gmatch(text, "([^%a]*)(%a+)") do
      if find(rest, "%d") then last = rest end
      kind = labels[upper(word)]
      if last and kind and kind ~= "" then
        numbers[kind], last = numbers[kind] or phone.us(last), nil
      end
    end
  end
  return numbers
end

--- From a list with labels, the cell, else the home, else the work number: phone.pick("H:(312) 555-0142/C:(312) 555-0177").
--- Another order by its letters: phone.pick("HOME: 312-555-0142 CELL: 312-555-0177", "hc") takes no work number.
function phone.pick(text, order)
  if not text then return nil end
  if not order then
    local cell = usual_cell(text)
    if cell then return cell end
    if find(text, "%a:") and not find(text, "%a%a") then
      for i = 1, #letters do
        local found = match(text, letters[i])
        local number = found and phone.us(found)
        if number then return number end
      end
    end
  end
  order = checked_order(order)
  if not find(text, "%a") then return phone.us(text) end
  local numbers = labelled(text)
  if next(numbers) then return in_order(numbers, order) end
  if find(text, "%a:") then return nil end
  return phone.us(text)
end

--- The first that is a number, of columns in order of preference: phone.first("0", "3125550142") == "+13125550142".
function phone.first(text, ...)
  local number = phone.us(text)
  if number then return number end
  for i = 1, select("#", ...) do
    number = phone.us((select(i, ...)))
    if number then return number end
  end
  return nil
end

--- From a list of tables, as JSON and XML have them, by the names of their fields:
--- phone.from({ { type = "MOBILE", number = "312-555-0142" } }, "type", "number") == "+13125550142".
function phone.from(list, label, number, order)
  order = checked_order(order)
  local numbers = {}
  for _, entry in ipairs(list or {}) do
    local kind = labels[upper(match(entry[label] or "", "%a*"))]
    if kind and not numbers[kind] then numbers[kind] = phone.us(entry[number]) end
  end
  return in_order(numbers, order)
end

return phone
