--- Sample inputs for tests: a complete touch, or the rows of a feed, with what the test is about written over it.
local dates = require "dates"
local nearest = require "nearest"

local given = {}

--- Stands for "the touch lacks this field": given.touch { first_name = given.missing }.
given.missing = {}

local days = { reminder = 3, condition = 10, final = 30, season = 60 }
local measures = {
  brake_pad_front = "front brake pads", brake_pad_rear = "rear brake pads", tire_tread_front = "front tire tread",
  tire_tread_rear = "rear tire tread", battery_cca = "battery",
}

--- What a touch, and each record inside it, may have; a test that names anything else is told so.
local optional = {
  touch = { "season", "first_name", "allowed" },
  item = { "op_code", "price_cents", "severity", "condition" },
  customer = { "name", "first_name", "preferred_channel", "text_ok", "email_ok" },
  vehicle = { "year", "make", "model" },
  repair_order = { "mileage" },
  rooftop = { "phone", "city", "postal_address" },
}

local function sample_item()
  return {
    op_code = "BRKR", description = "REAR BRAKE PADS AND ROTORS", name = "rear brake pads and rotors",
    category = "brakes_rear", tier = "mid", safety = true, price_cents = 41250, severity = "yellow",
    condition = { measure = "brake_pad_rear", value = 3, unit = "mm" },
  }
end

local function sample_touch()
  return {
    kind = "reminder", channel = "sms", late = false, visit_on = "2026-03-03",
    first_name = "Maria", booking_link = "https://book.example/h/k3", first_on_channel = true, previous = {},
    allowed = { "sms", "email", "call" },
    customer = { name = "Maria Lopez", business = false, preferred_channel = "text", text_ok = true, email_ok = true },
    vehicle = { year = 2016, make = "Ford", model = "Bolt EV" },
    repair_order = { ro_number = "1042", mileage = 48210 },
    rooftop = { name = "Hillside Ford", phone = "+13125550142", zone = "America/Chicago", city = "Chicago",
      postal_address = "100 Hillside Road, Chicago, IL 60601" },
  }
end

--- Returns the names that a record of this kind may have: the sample's, and those that it may lack.
local function known_names(kind, sample)
  local known = {}
  for key in pairs(sample) do
    if type(key) == "string" then known[#known + 1] = key end
  end
  for _, name in ipairs(optional[kind] or {}) do known[#known + 1] = name end
  return known
end

local function has(known, key)
  for _, name in ipairs(known) do
    if name == key then return true end
  end
  return false
end

--- "touch has no field 'custmer'; did you mean 'customer'?". A row has columns, every other record has fields.
local function unknown(kind, key, known)
  local hint = type(key) == "string" and nearest(key, known)
  return kind .. " has no " .. (kind == "row" and "column" or "field") .. " '" .. tostring(key) .. "'"
    .. (hint and "; did you mean '" .. hint .. "'?" or "")
end

--- Makes a record as scripts get them: strict, so that a misspelt field is an error at the script's line, and read-only.
local function strict(kind, data, known)
  return setmetatable({}, {
    __index = function(_, key)
      local value = data[key]
      if value ~= nil or has(known, key) then return value end
      error(unknown(kind, key, known), 2)
    end,
    __len = function() return #data end,
    __newindex = function() error(kind .. " is read-only; copy what you need into a table of your own", 2) end,
    __pairs = function() return pairs(data) end,
  })
end

--- Writes `overrides` over `target`, record by record; lists are replaced whole.
local function merge(target, overrides)
  for key, value in pairs(overrides) do
    if value == given.missing then
      target[key] = nil
    elseif type(value) == "table" and type(target[key]) == "table" and type(next(target[key])) == "string" then
      merge(target[key], value)
    else
      target[key] = value
    end
  end
  return target
end

local function default(record, key, value)
  if record[key] == nil then record[key] = value end
end

local function finish_item(item, touch)
  default(item, "visit_on", touch.visit_on)
  local condition = item.condition
  if not condition then return end
  local unit = condition.unit == "32nds" and "/32 in" or condition.unit == "cca" and " CCA" or " " .. tostring(condition.unit)
  local measure = measures[condition.measure] or tostring(condition.measure):gsub("_", " ")
  default(condition, "words", measure .. " at " .. tostring(condition.value) .. unit)
end

--- Fills in what follows from the rest: the day from the kind, names from their parts.
local function finish(touch, overrides)
  default(touch, "day", days[touch.kind] or 3)
  local visit = touch.visit_on
  default(touch, "visit_day", dates.words(touch.visit_on))
  default(touch, "now", dates.add_days(visit, touch.day) .. " 10:00")
  if touch.kind == "season" and overrides.season == nil then default(touch, "season", "winter") end
  default(touch.customer, "first_name", touch.first_name)
  default(touch.repair_order, "closed_on", touch.visit_on)
  default(touch.rooftop, "booking_link", touch.booking_link)
  local vehicle, words = touch.vehicle, {}
  for _, key in ipairs { "year", "make", "model" } do
    if vehicle[key] then words[#words + 1] = tostring(vehicle[key]) end
  end
  default(vehicle, "name", #words > 0 and table.concat(words, " ") or "vehicle")
  for _, item in ipairs(touch.items) do finish_item(item, touch) end
end

--- Raises, at the test's line, on a field of `overrides` that neither the sample nor the optional fields have.
local function refuse_unknown(kind, overrides, known, level)
  if type(overrides) ~= "table" or overrides == given.missing then return end
  for key in pairs(overrides) do
    if not has(known, key) then error(unknown(kind, key, known), level or 4) end
  end
end

local records = { "customer", "vehicle", "repair_order", "rooftop" }
local known_by_kind

--- Returns the names that each kind of record may have, worked out from the sample once.
local function known()
  if known_by_kind then return known_by_kind end
  local sample, item = sample_touch(), sample_item()
  sample.items = { item }
  finish(sample, {})
  sample.item = item
  known_by_kind = {
    touch = known_names("touch", sample), item = known_names("item", item), condition = known_names("condition", item.condition),
  }
  for _, kind in ipairs(records) do known_by_kind[kind] = known_names(kind, sample[kind]) end
  return known_by_kind
end

local function check(overrides)
  local names = known()
  refuse_unknown("touch", overrides, names.touch)
  if overrides.kind and not days[overrides.kind] then
    error("kind is '" .. tostring(overrides.kind) .. "'; a touch's kind is reminder, condition, final or season", 3)
  end
  for _, kind in ipairs(records) do refuse_unknown(kind, overrides[kind], names[kind]) end
  refuse_unknown("item", overrides.item, names.item)
  refuse_unknown("condition", overrides.item and overrides.item.condition, names.condition)
  for _, change in ipairs(overrides.items or {}) do
    refuse_unknown("item", change, names.item)
    refuse_unknown("condition", change.condition, names.condition)
  end
end

--- Writes `change` over an item; another name means other work, so the sample's measurement goes.
local function change_item(item, change)
  if change.name and not change.condition then item.condition = nil end
  return merge(item, change)
end

--- Returns a touch with every field filled in: Maria Lopez, a 2016 Ford Bolt EV, rear brake pads at 3 mm, seen on
--- 2026-03-03. `overrides` are written over it, record by record; `item` changes the lead item, `items` gives them all
--- (each over the sample item; one with another name has no measurement unless given). Raises on a field that a touch
--- doesn't have.
function given.touch(overrides)
  overrides = overrides or {}
  check(overrides)
  local changes = {}
  for key, value in pairs(overrides) do changes[key] = value end
  changes.item, changes.items = nil, nil
  local touch = merge(sample_touch(), changes)
  touch.items = {}
  for i, change in ipairs(overrides.items or { {} }) do touch.items[i] = change_item(sample_item(), change) end
  if overrides.item then change_item(touch.items[1], overrides.item) end
  touch.item = touch.items[1]
  finish(touch, overrides)
  local names = known()
  for i, item in ipairs(touch.items) do
    if item.condition then item.condition = strict("condition", item.condition, names.condition) end
    touch.items[i] = strict("item", item, names.item)
  end
  touch.item = touch.items[1]
  for _, kind in ipairs(records) do touch[kind] = strict(kind, touch[kind], names[kind]) end
  return strict("touch", touch, names.touch)
end

--- Returns the rows of one repair order as a mapping gets them: given.rows({ { RO = "1042", OP = "BRKR" } }).
--- `columns` lists the export's columns in order, when the mapping reads more of them than the test is about. A cell
--- that isn't given reads as "". Raises on a cell of a column that isn't listed.
function given.rows(rows, columns)
  local blank, copies = {}, {}
  for _, column in ipairs(columns or {}) do blank[column] = "" end
  for _, row in ipairs(rows) do
    if columns then refuse_unknown("row", row, columns, 3) end
    for column in pairs(row) do blank[column] = "" end
  end
  local names = known_names("row", blank)
  for i, row in ipairs(rows) do
    local cells = merge(merge({}, blank), row)
    for place, column in ipairs(columns or {}) do cells[place] = cells[column] end
    copies[i] = strict("row", cells, names)
  end
  return copies
end

--- Returns an element of XML as a mapping gets it: given.element '<Order no="1"><Closed>2026-02-03</Closed></Order>'.
given.element = require "element"

return given
