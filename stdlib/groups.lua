-- groups: several values in one cell ("A|B", "A^1|B^2"), columns that lie side by side, and lists joined by an index.
local find, sub = string.find, string.sub

local groups = {}

local function checked_mark(mark)
  if type(mark) ~= "string" or mark == "" then
    error("groups takes a mark of one or more characters, as '|', got '" .. tostring(mark) .. "'", 3)
  end
  return mark
end

local function split(text, mark)
  local parts, count, from = {}, 0, 1
  local at, to = find(text, mark, 1, true)
  while at do
    count = count + 1
    parts[count] = sub(text, from, at - 1)
    from = to + 1
    at, to = find(text, mark, from, true)
  end
  parts[count + 1] = sub(text, from)
  return parts
end

--- The values between marks, empty ones kept: groups.split("A||C", "|") gives "A", "", "C". A blank cell has none.
function groups.split(text, mark)
  mark = checked_mark(mark)
  if text == nil or text == "" then return {} end
  return split(text, mark)
end

--- Groups with values inside, by name: groups.records("BRKR^412.50|WIPE^", "|", "^", { "op", "price" }) gives
--- { op = "BRKR", price = "412.50" } and { op = "WIPE", price = "" }. The second result tells of a group with too many values.
function groups.records(text, outer, inner, names)
  outer, inner = checked_mark(outer), checked_mark(inner)
  local records, why = groups.split(text, outer), nil
  for place, group in ipairs(records) do
    local values, record = split(group, inner), {}
    for i, name in ipairs(names) do record[name] = values[i] or "" end
    if #values > #names then why = why or "group " .. place .. " has " .. #values .. " values, not " .. #names end
    records[place] = record
  end
  return records, why
end

local function sorted_names(columns)
  local names = {}
  for name in pairs(columns) do names[#names + 1] = name end
  table.sort(names)
  return names
end

--- Columns side by side, joined by position: groups.zip({ op = "BRKR|WIPE", price = "412.50|" }, "|") gives
--- { op = "BRKR", price = "412.50" } and { op = "WIPE", price = "" }. The second result tells of columns of unequal length, of
--- which nobody knows what belongs to what.
function groups.zip(columns, mark)
  mark = checked_mark(mark)
  local names, lists, longest, why = sorted_names(columns), {}, 0, nil
  for _, name in ipairs(names) do
    local list = columns[name]
    if type(list) ~= "table" then list = groups.split(list, mark) end
    lists[name] = list
    if #list > longest then longest = #list end
  end
  local records = {}
  for place = 1, longest do
    local record = {}
    for _, name in ipairs(names) do record[name] = lists[name][place] or "" end
    records[place] = record
  end
  for _, name in ipairs(names) do
    if #lists[name] ~= longest then why = why or name .. " has " .. #lists[name] .. " values, not " .. longest end
  end
  return records, why
end

-- 1, "1" and "01" are one index.
local function as_key(value)
  return math.tointeger(tonumber(value)) or value
end

--- A list by what each entry has in one field: groups.by_index({ { Idx = "4", text = "PADS" } }, "Idx")[4].text == "PADS". Whole
--- numbers are numbers; of two entries with one index the first is kept, and the second result says so. Of elements of XML an
--- attribute is the index: groups.by_index(order:all "Price/V", "@Idx").
function groups.by_index(list, field)
  local found, why = {}, nil
  local is_attribute = sub(field, 1, 1) == "@"
  for _, entry in ipairs(list or {}) do
    local key
    if is_attribute then key = entry:text(field) else key = entry[field] end
    if key ~= nil and key ~= "" then
      key = as_key(key)
      if found[key] == nil then found[key] = entry else why = why or field .. " " .. tostring(key) .. " is there twice" end
    end
  end
  return found, why
end

--- Sparse lists joined by an index, in its order: groups.join({ op = ops, price = prices }, "Idx") gives tables of `index`, `op`
--- and `price`, each the entry of its list or nil.
function groups.join(lists, field)
  local names, by_name, order, seen, why = sorted_names(lists), {}, {}, {}, nil
  for _, name in ipairs(names) do
    local found, twice = groups.by_index(lists[name], field)
    by_name[name], why = found, why or twice and name .. ": " .. twice
    for key in pairs(found) do
      if not seen[key] then
        seen[key] = true
        order[#order + 1] = key
      end
    end
  end
  table.sort(order, function(a, b)
    local is_number = type(a) == "number"
    if is_number ~= (type(b) == "number") then return is_number end
    return a < b
  end)
  local records = {}
  for place, key in ipairs(order) do
    local record = { index = key }
    for _, name in ipairs(names) do record[name] = by_name[name][key] end
    records[place] = record
  end
  return records, why
end

return groups
