--- Words for messages: fills templates from a touch, and says lists, counts and phone numbers in plain English.

local say = {}

local numbers = { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten" }

--- Returns a list in words: "a", "a and b", "a, b and c". Nil for an empty list.
function say.list(words)
  local count = #words
  if count < 2 then return words[1] end
  local most = {}
  for i = 1, count - 1 do most[i] = words[i] end
  return table.concat(most, ", ") .. " and " .. words[count]
end

--- Returns a count in words: say.count(2, "item") is "two items"; above ten, digits. `plural` is for words like "battery".
function say.count(number, word, plural)
  local spoken = numbers[number] or (number == 0 and "no") or string.format("%d", number)
  return spoken .. " " .. (number == 1 and word or plural or word .. "s")
end

--- Returns a phone number as people write it: "+13125550142" is "(312) 555-0142". Other countries' numbers stay as they are.
function say.phone(number)
  if not number or number == "" then return nil end
  local area, exchange, line = number:match "^%+?1?(%d%d%d)(%d%d%d)(%d%d%d%d)$"
  if not area then return number end
  return "(" .. area .. ") " .. exchange .. "-" .. line
end

--- "48,210" of 48210.
local function grouped(number)
  local digits = string.format("%d", number):reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
  return digits
end

--- Returns an amount of cents as people write it: say.money(123450) is "$1,234.50"; nil for nil. A price has no place
--- before the condition, nor in a message's first sentence.
function say.money(cents)
  if not cents then return nil end
  local amount = math.abs(cents)
  return (cents < 0 and "-$" or "$") .. grouped(amount // 100) .. string.format(".%02d", amount % 100)
end

--- Returns an item in words, with its measurement when there is one: "rear brake pads and rotors (rear brake pads at 3 mm)".
function say.item(item)
  local condition = item.condition
  if condition then return item.name .. " (" .. condition.words .. ")" end
  return item.name
end

--- Returns an item's name, with the day when it is from another visit than the one that the touch speaks of:
--- "wiper blades", "wiper blades from 1/5".
function say.name(item, touch)
  if item.visit_on == touch.visit_on then return item.name end
  local month, day = item.visit_on:match "^%d+%-0?(%d+)%-0?(%d+)$"
  return item.name .. " from " .. month .. "/" .. day
end

--- Returns a touch's items in words, the lead first: "wiper blades", "wiper blades and battery", or above two
--- "wiper blades, and two more items".
function say.items(touch)
  local all = touch.items
  local count, lead = #all, all[1].name
  if count == 1 then return lead end
  if count > 2 then return lead .. ", and " .. say.count(count - 1, "more item") end
  local other = say.name(all[2], touch)
  if lead:find(" and ", 1, true) or other:find(" and ", 1, true) then return lead .. ", plus " .. other end
  return lead .. " and " .. other
end

-- The odometer of another visit than the one that the touch speaks of says nothing true of it.
local function mileage(touch)
  local order = touch.repair_order
  local miles = order.mileage
  if not miles or order.closed_on ~= touch.visit_on then return nil end
  return grouped(miles)
end

--- What each placeholder reads from the touch; nil when the touch lacks it.
local fields = {
  first_name = function(touch) return touch.first_name end,
  item = function(touch) return touch.item.name end,
  items = say.items,
  visit_day = function(touch) return touch.visit_day end,
  condition = function(touch) return touch.item.condition and touch.item.condition.words end,
  model = function(touch) return touch.vehicle.model end,
  vehicle = function(touch) return touch.vehicle.name end,
  mileage = mileage,
  rooftop = function(touch) return touch.rooftop.name end,
  phone = function(touch) return say.phone(touch.rooftop.phone) end,
  booking_link = function(touch) return touch.booking_link end,
  season = function(touch) return touch.season end,
}

local field_names = {}
for name in pairs(fields) do field_names[#field_names + 1] = name end
table.sort(field_names)

--- The names that a template may have between { and }, sorted.
say.placeholders = field_names

--- Appends a text's literals and placeholders to `parts`. Returns nil, or what is wrong with the text.
local function parse_plain(text, parts)
  local at = 1
  while true do
    local open = text:find("{", at, true)
    if not open then break end
    local close = text:find("}", open, true)
    if not close then return "has a { without its }" end
    local name = text:sub(open + 1, close - 1)
    if not fields[name] then
      local nearest = require "nearest" -- only a misspelt text needs it
      local hint = nearest(name:gsub("[%s-]+", "_"), field_names)
      hint = hint and "did you mean {" .. hint .. "}?" or "it has {" .. table.concat(field_names, "}, {") .. "}"
      return "has no placeholder {" .. name .. "}; " .. hint
    end
    if open > at then parts[#parts + 1] = text:sub(at, open - 1) end
    parts[#parts + 1] = fields[name]
    at = close + 1
  end
  if at <= #text then parts[#parts + 1] = text:sub(at) end
end

--- Returns the alternatives of a bracket as lists of parts, or nil and what is wrong.
local function parse_bracket(text)
  local alternatives = {}
  for alternative in (text .. "|"):gmatch "(.-)|" do
    local parts = {}
    local problem = parse_plain(alternative, parts)
    if problem then return nil, problem end
    alternatives[#alternatives + 1] = parts
  end
  return alternatives
end

--- Returns a template as a list of strings, field functions and brackets (tables), or nil and what is wrong.
local function parse(template)
  local parts, at = {}, 1
  while true do
    local open = template:find("[", at, true)
    if not open then break end
    local close = template:find("]", open, true)
    if not close then return nil, "has a [ without its ]" end
    local inside = template:sub(open + 1, close - 1)
    if inside:find("[", 1, true) then return nil, "has a [ inside a [" end
    local problem = parse_plain(template:sub(at, open - 1), parts)
    if problem then return nil, problem end
    parts[#parts + 1], problem = parse_bracket(inside)
    if problem then return nil, problem end
    at = close + 1
  end
  local problem = parse_plain(template:sub(at), parts)
  if problem then return nil, problem end
  return parts
end

--- Joins parts, taking the first alternative of a bracket that is complete. Returns nil when a field has no data.
local function join(parts, touch)
  local out, count = {}, 0
  for i = 1, #parts do
    local part = parts[i]
    local kind = type(part)
    if kind == "function" then
      part = part(touch)
      if not part or part == "" then return nil end
    elseif kind == "table" then
      local chosen
      for j = 1, #part do
        chosen = join(part[j], touch)
        if chosen then break end
      end
      part = chosen or ""
    end
    count = count + 1
    out[count] = part
  end
  return table.concat(out)
end

local parsed, parsed_count = {}, 0
local parsed_limit = 100

--- Returns the template with its {placeholders} filled from the touch, or nil when one has no data, so that a hook that
--- returns it falls back to the standard wording. `[Hi {first_name}, |Hello, ]` takes the first alternative whose
--- placeholders all have data, and nothing when none has. Raises on a placeholder that doesn't exist.
function say.fill(template, touch)
  local parts = parsed[template]
  if not parts then
    local problem
    parts, problem = parse(template)
    if not parts then
      local start = #template > 40 and template:sub(1, utf8.offset(template, 0, 38) - 1) .. "…" or template
      error(string.format('the text "%s" %s', start, problem), 2)
    end
    if parsed_count >= parsed_limit then parsed, parsed_count = {}, 0 end
    parsed[template], parsed_count = parts, parsed_count + 1
  end
  return join(parts, touch)
end

return say
