--- Records as hooks get them, made of plain tables: strict, so that a misspelt field is an error at the script's line, and read-only.
local nearest = require "nearest"

local records = {}

--- Stands for "the record lacks this field".
records.missing = setmetatable({}, { __tostring = function() return "given.missing" end })

--- The fields of each record, in the order in which the host gives them.
records.fields = {
  touch = {
    "kind", "day", "channel", "allowed", "now", "late", "visit_on", "visit_day", "season", "first_name", "booking_link", "item",
    "items", "customer", "vehicle", "repair_order", "rooftop", "previous", "first_on_channel",
  },
  item = {
    "op_code", "description", "name", "category", "tier", "safety", "price_cents", "severity", "condition", "visit_on",
  },
  condition = { "measure", "value", "unit", "words" },
  customer = { "name", "first_name", "business", "preferred_channel", "text_ok", "email_ok" },
  vehicle = { "year", "make", "model", "name" },
  repair_order = { "ro_number", "closed_on", "mileage" },
  rooftop = { "name", "phone", "zone", "booking_link", "city", "postal_address" },
  previous = { "kind", "channel", "status", "sent_on" },
  -- What mapping.lua returns.
  mapped_order = {
    "ro_number", "revision", "status", "closed_on", "mileage", "customer", "vehicle", "declined", "performed", "done_elsewhere",
  },
  mapped_customer = {
    "name", "first_name", "phone", "email", "text_ok", "email_ok", "preferred_channel", "customer_number",
  },
  mapped_vehicle = { "vin", "year", "make", "model" },
  mapped_item = { "op_code", "description", "price_cents", "severity", "condition" },
  mapped_condition = { "measure", "value", "unit" },
}

--- The records inside a record, and the lists of them.
records.inside = {
  touch = { item = "item", customer = "customer", vehicle = "vehicle", repair_order = "repair_order", rooftop = "rooftop" },
  item = { condition = "condition" },
  mapped_order = { customer = "mapped_customer", vehicle = "mapped_vehicle" },
  mapped_item = { condition = "mapped_condition" },
}
records.lists = { touch = { items = "item", previous = "previous" }, mapped_order = { declined = "mapped_item" } }

local kinds, channels = { "reminder", "condition", "final", "season" }, { "sms", "email", "call" }
local preferences, severities = { "text", "email", "call" }, { "red", "yellow" }
local measures = { "brake_pad_front", "brake_pad_rear", "tire_tread_front", "tire_tread_rear", "battery_cca" }
local units = { "mm", "32nds", "cca" }

--- The fields that are one of a few words.
local words = {
  touch = { kind = kinds, channel = channels, season = { "winter", "summer" } },
  item = { tier = { "low", "mid", "high" }, severity = severities },
  condition = { measure = measures, unit = units },
  customer = { preferred_channel = preferences },
  previous = { kind = kinds, channel = channels, status = { "accepted", "delivered", "undelivered", "failed", "uncertain" } },
  mapped_order = { status = { "closed", "void" } },
  mapped_customer = { preferred_channel = preferences },
  mapped_item = { severity = severities },
  mapped_condition = { measure = measures, unit = units },
}

--- How errors call what a mapping returns.
local spoken = {
  mapped_order = "repair_order", mapped_customer = "customer", mapped_vehicle = "vehicle", mapped_item = "declined item",
  mapped_condition = "condition",
}

local function has(list, wanted)
  for _, name in ipairs(list) do
    if name == wanted then return true end
  end
  return false
end

--- "touch has no field 'custmer'; did you mean 'customer'?". A row has columns, every other record has fields.
function records.unknown(kind, key, names)
  local hint = type(key) == "string" and nearest(key, names)
  return (spoken[kind] or kind) .. " has no " .. (kind == "row" and "column" or "field") .. " '" .. tostring(key) .. "'"
    .. (hint and "; did you mean '" .. hint .. "'?" or "")
end

local function listed(list)
  return table.concat(list, ", ", 1, #list - 1) .. " or " .. list[#list]
end

local problem_of_list

--- Returns what is wrong with the fields of a record, or nil: names that it doesn't have, words that a field never is.
function records.problem(kind, data)
  local name = spoken[kind] or kind
  if type(data) ~= "table" then
    return name .. " has fields, which stand in braces: { … }; got " .. (type(data) == "string" and '"' .. data .. '"' or tostring(data))
  end
  local names, choices = records.fields[kind], words[kind] or {}
  local records_inside, lists_inside = records.inside[kind] or {}, records.lists[kind] or {}
  for key, value in pairs(data) do
    if not has(names, key) then return records.unknown(kind, key, names) end
    local problem
    if value == records.missing and records_inside[key] and kind ~= "item" and kind ~= "mapped_item" then
      problem = name .. " always has " .. key .. "; take its fields away one by one: " .. key .. " = { … = given.missing }"
    elseif value ~= records.missing then
      if choices[key] and not has(choices[key], value) then
        problem = name .. "." .. key .. " is " .. listed(choices[key]) .. ", got '" .. tostring(value) .. "'"
      end
      if records_inside[key] then problem = records.problem(records_inside[key], value) end
      if lists_inside[key] then problem = problem_of_list(lists_inside[key], key, value) end
    end
    if problem then return problem end
  end
end

function problem_of_list(kind, name, list)
  if type(list) ~= "table" or next(list) ~= nil and list[1] == nil then
    return name .. " is a list: write it in two pairs of braces, as " .. name .. " = { { … } }"
  end
  for _, entry in ipairs(list) do
    local problem = records.problem(kind, entry)
    if problem then return problem end
  end
end

--- Where a record keeps its plain table: a key that no script can have.
local plain = {}

local metas = {}

--- The metatable of a kind of record, made when it is first needed.
local function meta_of(kind)
  local meta = metas[kind]
  if meta then return meta end
  local names = records.fields[kind]
  meta = {
    __index = function(record, key)
      local value = rawget(record, plain)[key]
      if value ~= nil or has(names, key) then return value end
      error(records.unknown(kind, key, names), 2)
    end,
    __newindex = function() error(kind .. " is read-only; copy what you need into a table of your own", 2) end,
    __len = function() return #names end,
    __pairs = function(record)
      local data, at = rawget(record, plain), 0
      return function()
        repeat at = at + 1 until names[at] == nil or data[names[at]] ~= nil
        if names[at] then return names[at], data[names[at]] end
      end
    end,
    __metatable = false,
  }
  metas[kind] = meta
  return meta
end

local list_meta = {
  __index = function(list, key)
    if math.type(key) ~= "integer" then error("this is a list: use [1], ipairs or #, not '" .. tostring(key) .. "'", 2) end
    return rawget(list, plain)[key]
  end,
  __newindex = function() error("this list is read-only; copy what you need into a table of your own", 2) end,
  __len = function(list) return #rawget(list, plain) end,
  __pairs = function(list) return ipairs(rawget(list, plain)) end,
  __metatable = false,
}

local function strict(kind, data)
  if rawget(data, plain) then return data end
  return setmetatable({ [plain] = data }, meta_of(kind))
end

local function strict_list(data)
  if rawget(data, plain) then return data end
  return setmetatable({ [plain] = data }, list_meta)
end

--- Whether a value is a record or list of these.
function records.is_strict(value) return type(value) == "table" and rawget(value, plain) ~= nil end

--- Makes an item strict, with its condition.
function records.item(data)
  if records.is_strict(data) then return data end
  if data.condition then data.condition = strict("condition", data.condition) end
  return strict("item", data)
end

--- Makes a touch strict, with all records and lists in it. Its items come first, and `item` is the first of them.
function records.touch(data)
  for i, item in ipairs(data.items) do data.items[i] = records.item(item) end
  data.item = data.items[1]
  for i, previous in ipairs(data.previous) do data.previous[i] = strict("previous", previous) end
  data.items, data.previous = strict_list(data.items), strict_list(data.previous)
  if data.allowed then data.allowed = strict_list(data.allowed) end
  for name, kind in pairs(records.inside.touch) do
    if kind ~= "item" then data[name] = strict(kind, data[name]) end
  end
  return strict("touch", data)
end

--- Makes a row strict: `columns` are its names in order, `known` all that it has. A place past its end reads as "".
function records.rows_of(known)
  local meta
  meta = {
    __index = function(row, key)
      local value = rawget(row, plain)[key]
      if value ~= nil then return value end
      if type(key) == "number" then return "" end
      error(records.unknown("row", key, known), 2)
    end,
    __newindex = function() error("row is read-only; copy what you need into a table of your own", 2) end,
    __len = function(row) return #rawget(row, plain) end,
    __pairs = function(row) return pairs(rawget(row, plain)) end,
    __metatable = false,
  }
  return function(cells) return setmetatable({ [plain] = cells }, meta) end
end

--- Returns a copy of a value without what the missing-mark stands for, of plain tables all through.
function records.copy(value)
  if type(value) ~= "table" then return value end
  local copy = {}
  for key, field in pairs(value) do
    if field ~= records.missing then copy[key] = records.copy(field) end
  end
  return copy
end

return records
