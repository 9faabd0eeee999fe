--- The samples that tests start from: a complete touch and a complete repair order, with changes written over them.
local dates = require "dates"
local records = require "test_records"

local missing = records.missing

local samples = {}

samples.days = { reminder = 3, condition = 10, final = 30, season = 60 }
samples.visit_on = "2026-03-03"

local measure_names = {
  brake_pad_front = "front brake pads", brake_pad_rear = "rear brake pads", tire_tread_front = "front tire tread",
  tire_tread_rear = "rear tire tread", battery_cca = "battery",
}
local measure_units = {
  brake_pad_front = "mm", brake_pad_rear = "mm", tire_tread_front = "32nds", tire_tread_rear = "32nds", battery_cca = "cca",
}
local unit_words = { mm = " mm", ["32nds"] = "/32 inch", cca = " CCA" }

--- Returns the sample item.
function samples.item()
  return {
    op_code = "BRKR", description = "REAR BRAKE PADS AND ROTORS", name = "rear brake pads and rotors",
    category = "brakes_rear", tier = "mid", safety = true, price_cents = 41250, severity = "yellow",
    condition = { measure = "brake_pad_rear", value = 3, unit = "mm" },
  }
end

--- Returns the sample touch before what follows from the rest is worked out.
function samples.start()
  return {
    kind = "reminder", channel = "sms", late = false, visit_on = samples.visit_on,
    first_name = "Maria", booking_link = "https://book.example/h/k3", previous = {},
    allowed = { "sms", "email", "call" },
    customer = { name = "Maria Lopez", business = false, preferred_channel = "text", text_ok = true, email_ok = true },
    vehicle = { year = 2016, make = "Ford", model = "Bolt EV" },
    repair_order = { ro_number = "1042", mileage = 48210 },
    rooftop = { name = "Hillside Ford", phone = "+13125550142", zone = "America/Chicago", city = "Chicago",
      postal_address = "100 Hillside Road, Chicago, IL 60601" },
  }
end

--- Writes `changes` over a record, field by field; records in it too, lists whole.
local function write_over(record, changes)
  for key, value in pairs(changes) do
    local there = record[key]
    if value == missing then
      record[key] = nil
    elseif type(value) == "table" and type(there) == "table" and type(next(there)) == "string" then
      write_over(there, value)
    else
      record[key] = records.copy(value)
    end
  end
  return record
end

local function default(record, key, value)
  if record[key] == nil then record[key] = value end
end

local function number_words(value)
  local whole = math.tointeger(value)
  return whole and string.format("%d", whole) or tostring(value)
end

local function finish_condition(condition)
  condition.value = math.tointeger(condition.value) or condition.value
  local measure = measure_names[condition.measure] or tostring(condition.measure)
  default(condition, "words", measure .. " at " .. number_words(condition.value) .. (unit_words[condition.unit] or ""))
end

--- Writes `change` over an item. Another name means other work, so the sample's measurement goes; another measure has its own unit.
local function change_item(item, change)
  if not change then return item end
  if records.is_strict(change) then return change end
  local condition = change.condition
  if change.name and not condition then item.condition = nil end
  write_over(item, change)
  if condition and condition ~= missing and condition.measure and not condition.unit then
    item.condition.unit = measure_units[condition.measure]
  end
  return item
end

--- Fills in what an item's other fields say.
local function finish_item(item, visit_on)
  if records.is_strict(item) then return item end
  default(item, "visit_on", visit_on)
  if item.condition then finish_condition(item.condition) end
  return item
end

--- Returns a complete item with `change` written over the sample.
function samples.finished_item(change, visit_on)
  return finish_item(change_item(samples.item(), change), visit_on or samples.visit_on)
end

--- "winter" or "summer" when a day is in the time to get ready for it, else nil.
function samples.season_on(day)
  local month_day = tonumber(day:sub(6, 7) .. day:sub(9, 10))
  if month_day >= 915 and month_day <= 1215 then return "winter" end
  if month_day >= 401 and month_day <= 630 then return "summer" end
end

--- A model in capitals as people write it: "EXPLORER" is "Explorer", "CX-5" stays.
local function people_write(model)
  return (model:gsub("%f[^%s\0]%u%u%u%u+%f[%s\0]", function(word) return word:sub(1, 1) .. word:sub(2):lower() end))
end

local function finish_vehicle(vehicle)
  if vehicle.model then vehicle.model = people_write(vehicle.model) end
  if vehicle.name then return end
  local words = { vehicle.make, vehicle.model }
  if not vehicle.make then words[1], words[2] = vehicle.model, nil end
  local name = table.concat(words, " ")
  vehicle.name = name == "" and "vehicle" or vehicle.year and vehicle.year .. " " .. name or name
end

--- A business has a name and no first name; whose first name nobody knows has no name either, or it would be a business.
local function finish_customer(touch, changes)
  local customer, changed = touch.customer, type(changes.customer) == "table" and changes.customer or {}
  local first_name = changes.first_name
  if first_name == nil then first_name = changed.first_name end
  if changed.business == true and first_name == nil then first_name = missing end
  if first_name == missing then
    touch.first_name, customer.first_name = nil, nil
    if changed.name == nil then customer.name = customer.business and "Lopez Plumbing LLC" or nil end
  elseif first_name then
    touch.first_name = first_name
    if changed.name == nil then customer.name = first_name .. " Lopez" end
  end
  if changed.first_name == nil then customer.first_name = touch.first_name end
end

local function finish(touch, changes)
  default(touch, "day", samples.days[touch.kind])
  touch.visit_day = touch.visit_day or dates.words(touch.visit_on)
  default(touch, "now", dates.add_days(touch.visit_on, touch.day) .. (touch.late and " 15:30" or " 10:00"))
  if touch.kind == "season" and changes.season == nil then
    touch.season = samples.season_on(touch.now:sub(1, 10)) or "winter"
  end
  finish_customer(touch, changes)
  default(touch.repair_order, "closed_on", touch.visit_on)
  default(touch.rooftop, "booking_link", touch.booking_link)
  finish_vehicle(touch.vehicle)
  if touch.first_on_channel == nil then
    touch.first_on_channel = true
    for _, previous in ipairs(touch.previous) do
      if previous.channel == touch.channel then touch.first_on_channel = false end
    end
  end
end

--- Returns a strict touch: the sample with `changes` written over it, and what follows from the rest worked out.
function samples.touch(changes)
  local mine = {}
  for key, value in pairs(changes) do mine[key] = value end
  mine.item, mine.items = nil, nil
  local touch = write_over(samples.start(), mine)
  finish(touch, changes)
  local items = {}
  for i, change in ipairs(changes.items or { {} }) do items[i] = change_item(samples.item(), change) end
  if changes.item then items[1] = change_item(items[1] or samples.item(), changes.item) end
  for i, item in ipairs(items) do items[i] = finish_item(item, touch.visit_on) end
  touch.items = items
  return records.touch(touch)
end

local function sample_order()
  return {
    ro_number = "1042", revision = 1, status = "closed", closed_on = samples.visit_on, mileage = 48210,
    customer = {
      name = "Maria Lopez", first_name = "Maria", phone = "+13125550142", email = "maria@example.com", text_ok = true,
      email_ok = true, preferred_channel = "text", customer_number = "40007",
    },
    vehicle = { vin = "1FAHP3F20CL100010", year = 2016, make = "Ford", model = "Bolt EV" },
    performed = { { op_code = "LOF", description = "LUBE, OIL & FILTER", price_cents = 7995 } },
    done_elsewhere = {},
  }
end

local function mapped_item(change)
  local item = {
    op_code = "BRKR", description = "REAR BRAKE PADS AND ROTORS", price_cents = 41250, severity = "yellow",
    condition = { measure = "brake_pad_rear", value = 3, unit = "mm" },
  }
  if change.description and not change.condition then item.condition = nil end
  write_over(item, change)
  local condition = change.condition
  if condition and condition ~= missing and condition.measure and not condition.unit then
    item.condition.unit = measure_units[condition.measure]
  end
  return item
end

--- Returns a repair order as a mapping returns it: the sample with `changes` written over it.
function samples.repair_order(changes)
  local order = write_over(sample_order(), changes)
  if changes.declined ~= missing then
    order.declined = {}
    for i, change in ipairs(changes.declined or { {} }) do order.declined[i] = mapped_item(change) end
  end
  local first_name = type(changes.customer) == "table" and changes.customer.first_name
  if first_name and first_name ~= missing and not changes.customer.name then order.customer.name = first_name .. " Lopez" end
  return order
end

return samples
