--- Generators for property(): values made by chance, sound as the host's are, with what breaks wording among them. When a test
--- fails they are made simpler until nothing can be left out.
local choices = require "test_choices"
local dates = require "dates"
local nearest = require "nearest"
local records = require "test_records"
local samples = require "test_samples"
local shown = require "shown"

local missing = records.missing
local generator, is_generator = choices.generator, choices.is_generator

local any = {}

--- The value itself, or what it generates.
local function drawn(value, source)
  if is_generator(value) then return value.draw(source) end
  return value
end

local function need_generator(value, name)
  if is_generator(value) then return end
  local hint = type(value) == "function" and "; call it, as given.any.text()" or ""
  error("given.any." .. name .. " takes a generator, as given.any.text(), got " .. shown.short(value) .. hint, 3)
end

--- Returns a generator of a list's entries; the first is the plainest. An entry may be a generator itself.
function any.one_of(list)
  if type(list) ~= "table" or #list == 0 then error("given.any.one_of takes a list, as { \"sms\", \"email\" }", 2) end
  return generator(function(source) return drawn(source:pick(list), source) end)
end

--- Returns a generator of whole numbers, both ends included. The plainest is the one nearest to 0.
function any.integer(from, to)
  if math.type(from) ~= "integer" or math.type(to) ~= "integer" or from > to then
    error("given.any.integer takes two whole numbers, the smaller first, as given.any.integer(0, 100)", 2)
  end
  return generator(function(source)
    if from >= 0 then return from + source:draw(to - from) end
    if to <= 0 then return to - source:draw(to - from) end
    -- Both signs: a coin for the sign, then the size.
    if source:draw(1) == 0 then return source:draw(to) end
    return -source:draw(-from)
  end)
end

local text_pieces = {
  "a", " ", "Lopez", "'", "’", "“", "”", "é", "Ł", "ñ", "–", "…", "%", "%d", "&", "$", "{", "}", "[", "|", "\\", "<b>", '"',
  "\u{A0}", "🚗", "中", "nil", "REPLACE", "0", ".", "Donaudampfschifffahrtsgesellschaft",
  "a word or two that go on for longer than a line of a phone",
}

--- Returns a generator of awkward text: empty, long, with curly quotes, apostrophes, accents, emoji and signs that mean something
--- to patterns and templates. One line, always.
function any.text()
  return generator(function(source)
    local pieces = {}
    while #pieces < 12 and source:draw(4) > 0 do pieces[#pieces + 1] = source:pick(text_pieces) end
    return table.concat(pieces)
  end)
end

--- Returns a generator of lists of 0 to `most` entries, 5 when left out.
function any.list(entry, most)
  need_generator(entry, "list")
  most = most or 5
  return generator(function(source)
    local list = {}
    while #list < most and source:draw(2) > 0 do list[#list + 1] = entry.draw(source) end
    return list
  end)
end

--- Returns a generator of what another makes, or nil.
function any.maybe(value)
  need_generator(value, "maybe")
  return generator(function(source)
    if source:draw(2) == 2 then return nil end
    return value.draw(source)
  end)
end

--- Returns a generator of tables with these fields, each made by its generator: given.any.record { day = given.any.integer(1, 31) }.
function any.record(fields)
  return generator(function(source)
    local record = {}
    for name, value in pairs(fields) do record[name] = drawn(value, source) end
    return record
  end)
end

-- What touches are made of. The first of each list is the sample's, so that a test's smallest example differs from
-- given.touch() only in what matters.

local people = {
  { "Maria Lopez", "Maria" }, {}, { "José Núñez", "José" }, { "Zoë O’Brien-Smith", "Zoë" }, { "Łukasz Wójcik", "Łukasz" },
  { "Bartholomew Featherstonehaugh", "Bartholomew" }, { "D'Angelo Ng", "D'Angelo" },
}
local businesses = {
  { "Lopez Plumbing LLC" }, { "Tillery & Sons Heating, Air Conditioning and Refrigeration Co" }, { "Café Zürich Inc" },
}
local everybody = {}
for _, person in ipairs(people) do everybody[#everybody + 1] = person end
for _, business in ipairs(businesses) do everybody[#everybody + 1] = business end

local vehicles = {
  { 2016, "Ford", "Bolt EV" }, { nil, nil, nil }, { 2019, "Kia", nil }, { 2012, nil, nil }, { nil, "Honda", "CR-V" }, { 2023, nil, "RAV4" },
  { 2014, "Citroën", "C4 Picasso" }, { 2021, "Mercedes-Benz", "Sprinter 3500XD Cargo 170 WB High Roof Extended" },
}

-- op code, the DMS's words, plain words, category, tier, safety, measure
local work = {
  { "BRKR", "REAR BRAKE PADS AND ROTORS", "rear brake pads and rotors", "brakes_rear", "mid", true, "brake_pad_rear" },
  { "WIPE", "WIPER BLADES, FRONT PAIR", "wiper blades", "wipers", "low", true },
  { "BATT", "REPLACE BATTERY", "battery", "battery", "low", false, "battery_cca" },
  { "TIRE4", "REPLACE 4 TIRES", "four tires", "tires_all", "mid", true, "tire_tread_front" },
  { "TIRE2", "REPLACE 2 REAR TIRES", "two rear tires", "tires_rear", "mid", true, "tire_tread_rear" },
  { "BRKF", "FRT BRAKE PADS & ROTORS", "front brake pads and rotors", "brakes_front", "mid", true, "brake_pad_front" },
  { "ALGN", "4-WHEEL ALIGNMENT", "four-wheel alignment", "alignment", "mid", false },
  { "STRT", "FRONT STRUTS (PAIR)", "front struts", "suspension", "high", true },
  { "TBLT", "TIMING BELT & W/PUMP", "timing belt and water pump", "timing_belt", "high", false },
  { nil, "CUST STATES NOISE", "recommended work", "other", "mid", false },
  { "ADAS", "RECAL FWD CAMERA “ADAS” 100%", "forward-facing camera recalibration after windshield and moulding replacement", "adas",
    "high", true },
}

local values = {
  brake_pad_rear = { 3, 2, 1, 0, 4.5, 7 }, brake_pad_front = { 3, 2, 1, 0, 2.5, 11 }, tire_tread_front = { 4, 3, 2, 0, 11 },
  tire_tread_rear = { 4, 3, 2, 0, 10 }, battery_cca = { 310, 265, 0, 90, 640 },
}
local units = { brake_pad_rear = "mm", brake_pad_front = "mm", tire_tread_front = "32nds", tire_tread_rear = "32nds", battery_cca = "cca" }

local prices = { 41250, missing, 2995, 100, 123450, 999999 }
local severities = { "yellow", "red", missing }
local preferences = { "text", "email", "call", missing }
local consents = { true, false, missing }
local mileages = { 48210, missing, 7, 999, 1000, 131716 }
local ro_numbers = { "1042", "000123", "R/7-2" }
local kinds = { "reminder", "condition", "final", "season" }
local statuses = { "delivered", "undelivered", "accepted", "failed", "uncertain" }
local channels = { "sms", "email", "call" }
local allowed_channels = { channels, { "sms" }, { "email" }, { "call" }, { "sms", "email" }, { "sms", "call" }, { "email", "call" } }
local rooftop_names = { "Hillside Ford", "O’Reilly & Sons", "Bill Estes Chevrolet Buick GMC of Lebanon, Indiana" }

local function or_missing(value)
  if value == nil then return missing end
  return value
end

local function draw_condition(source, measure)
  local is_measured, place = source:draw(3) < 3, source:draw(5)
  if not measure or not is_measured then return missing end
  local known = values[measure]
  return { measure = measure, value = known[math.min(place + 1, #known)], unit = units[measure] }
end

--- An item of work that isn't among `used`, as changes to the sample.
local function draw_item(source, used, visit_on)
  local number = source:draw(#work - 1) + 1
  while used[number] do number = number % #work + 1 end
  used[number] = true
  local one, earlier = work[number], source:draw(3)
  return {
    visit_on = earlier == 3 and dates.add_days(visit_on, -190) or earlier == 2 and dates.add_days(visit_on, -26) or nil,
    op_code = or_missing(one[1]), description = one[2], name = one[3], category = one[4], tier = one[5], safety = one[6],
    severity = source:pick(severities), price_cents = source:pick(prices), condition = draw_condition(source, one[7]),
  }
end

local severity_ranks, tier_ranks = { red = 2, yellow = 1 }, { low = 1, mid = 2, high = 3 }

--- How much an item matters: red, then safety, then tier, then price.
local function weight(item)
  return (severity_ranks[item.severity] or 0) * 1e9 + (item.safety and 1e8 or 0) + tier_ranks[item.tier] * 1e7
    + (item.price_cents == missing and 0 or item.price_cents)
end

--- One to five items, the most important first and of this visit, the later ones perhaps of earlier visits.
local function draw_items(source, visit_on)
  local used, items = {}, {}
  repeat items[#items + 1] = draw_item(source, used, visit_on) until #items == 5 or source:draw(1) == 0
  if #items > 1 then table.sort(items, function(a, b) return weight(a) > weight(b) end) end
  items[1].visit_on = nil
  return items
end

--- The day of a visit; for the season one that puts day 60 into its time.
local function draw_visit(source, season)
  local first = season == "winter" and "2026-07-17" or season == "summer" and "2026-01-31" or samples.visit_on
  local later = source:draw(300)
  if season then later = later % 90 end
  return later == 0 and first or dates.add_days(first, later)
end

local function draw_previous(source, kind, visit_on)
  local previous, is_before = {}, true
  for i = 1, 3 do
    local earlier, is_sent = kinds[i], source:draw(2) > 0
    local channel, status = source:pick(channels), source:pick(statuses)
    is_before = is_before and earlier ~= kind
    if is_before and is_sent then
      previous[#previous + 1] = {
        kind = earlier, channel = channel, status = status, sent_on = dates.add_days(visit_on, samples.days[earlier]),
      }
    end
  end
  return previous
end

--- Somebody who fits what the test says of the customer.
local function draw_person(source, changes)
  local customer = type(changes.customer) == "table" and changes.customer or {}
  local first_name = changes.first_name
  if first_name == nil then first_name = customer.first_name end
  if customer.business == true then return source:pick(businesses) end
  if first_name == missing then return customer.business == nil and customer.name and { customer.name } or {} end
  if first_name then return { first_name .. " Lopez", first_name } end
  return source:pick(customer.business == false and people or everybody)
end

local is_list = { items = true, previous = true, allowed = true, declined = true, performed = true, done_elsewhere = true }

--- Writes what the test says over what was drawn, one record deep.
local function say_over(touch, changes)
  for key, value in pairs(changes) do
    local there = touch[key]
    if type(value) == "table" and value ~= missing and type(there) == "table" and not is_list[key] then
      for field, said in pairs(value) do there[field] = said end
    else
      touch[key] = value
    end
  end
end

--- `changes` with what their generators make.
local function resolved(changes, source)
  local out = {}
  for key, value in pairs(changes) do
    if is_generator(value) then
      value = or_missing(value.draw(source))
    elseif type(value) == "table" and value ~= missing and not records.is_strict(value) then
      value = resolved(value, source)
    end
    out[key] = value
  end
  return out
end

local function draw_touch(source, changes)
  changes = next(changes) ~= nil and resolved(changes, source) or changes
  -- All is drawn whether it is used or not, so that a number means the same when those before it become simpler.
  local kind, coming = source:pick(kinds), source:draw(1) == 0 and "winter" or "summer"
  kind = changes.kind or changes.season and "season" or kind
  local season = kind == "season" and (changes.season or coming) or nil
  local visit_on = changes.visit_on or draw_visit(source, season)
  local allowed = changes.allowed or changes.channel and channels or source:pick(allowed_channels)
  local channel = changes.channel or allowed == missing and source:pick(channels) or source:pick(allowed)
  local person, vehicle = draw_person(source, changes), source:pick(vehicles)
  local touch = {
    kind = kind, visit_on = visit_on, allowed = allowed, channel = channel, late = source:draw(3) == 3,
    first_name = or_missing(person[2]),
    customer = {
      name = or_missing(person[1]), business = person[1] ~= nil and person[2] == nil, preferred_channel = source:pick(preferences),
      text_ok = source:pick(consents), email_ok = source:pick(consents),
    },
    vehicle = { year = or_missing(vehicle[1]), make = or_missing(vehicle[2]), model = or_missing(vehicle[3]) },
    repair_order = { ro_number = source:pick(ro_numbers), mileage = source:pick(mileages) },
    rooftop = { name = source:pick(rooftop_names) },
    previous = draw_previous(source, kind, visit_on),
  }
  for _, name in ipairs { "phone", "city", "postal_address" } do
    if source:draw(3) == 3 then touch.rooftop[name] = missing end
  end
  if not changes.items then touch.items = draw_items(source, visit_on) end
  say_over(touch, changes)
  return samples.touch(touch)
end

--- What follows from other fields, and would be noise in an example.
local follows = {
  touch = { day = true, now = true, visit_day = true, item = true, first_on_channel = true },
  customer = { first_name = true, business = true }, vehicle = { name = true }, repair_order = { closed_on = true },
  rooftop = { booking_link = true }, item = { visit_on = true }, condition = { words = true },
}

local changes_to

--- What a field says that the sample's doesn't; nil when it says the same.
local function change(kind, name, value, sample)
  if value == nil then return sample ~= nil and missing or nil end
  local record, entry = (records.inside[kind] or {})[name], (records.lists[kind] or {})[name]
  if entry and entry ~= "previous" then
    local differs, list = #value ~= #sample, {}
    for i, item in ipairs(value) do
      local found = changes_to(entry, item, sample[1])
      differs, list[i] = differs or found, found or {}
    end
    return differs and list or nil
  end
  if record and sample and not record:find "condition$" then return changes_to(record, value, sample) end
  if not shown.difference(value, sample) then return nil end
  local copy = records.copy(value)
  if record == "condition" then copy.words = nil end
  return copy
end

function changes_to(kind, record, sample)
  local out
  for _, name in ipairs(records.fields[kind]) do
    if not (follows[kind] and follows[kind][name]) then
      local found = change(kind, name, record[name], sample[name])
      if found ~= nil then
        out = out or {}
        out[name] = found
      end
    end
  end
  return out
end

--- A touch as a test's author would write it: given.touch with what differs from the sample.
local function show_touch(touch)
  local changes = changes_to("touch", touch, samples.touch {}) or {}
  for i, item in ipairs(changes.items or {}) do
    if touch.items[i].visit_on ~= touch.visit_on then item.visit_on = touch.items[i].visit_on end
  end
  if touch.customer.business then
    changes.customer = changes.customer or {}
    changes.customer.business, changes.first_name = true, nil
  elseif changes.first_name and changes.customer then
    changes.customer.name = touch.customer.name and changes.customer.name
    if next(changes.customer) == nil then changes.customer = nil end
  end
  return next(changes) == nil and "given.touch()" or "given.touch " .. shown.whole(changes)
end

local function show_order(order)
  local changes = changes_to("mapped_order", order, samples.repair_order {})
  return changes and "given.repair_order " .. shown.whole(changes) or "given.repair_order()"
end

local function check(kind, changes)
  if changes == nil then return {} end
  local plain = changes
  if type(changes) == "table" then
    plain = {}
    for key, value in pairs(changes) do
      if not is_generator(value) then plain[key] = value end
    end
  end
  local problem = records.problem(kind, plain)
  if problem then error(problem, 3) end
  return changes
end

--- Returns a generator of touches: all kinds, channels, customers and vehicles that the host may give, one to five items, what may
--- lack sometimes lacking. `overrides` are as for given.touch, and hold for every touch; a field may be a generator.
function any.touch(overrides)
  local changes = check("touch", overrides)
  return generator(function(source) return draw_touch(source, changes) end, show_touch)
end

--- Returns a generator of items, as a touch has them.
function any.item()
  return generator(function(source)
    local item = draw_item(source, {}, samples.visit_on)
    item.visit_on = nil
    return records.item(samples.finished_item(item, samples.visit_on))
  end)
end

local function mapped(item)
  return {
    op_code = item.op_code, description = item.description, price_cents = item.price_cents, severity = item.severity,
    condition = item.condition,
  }
end

local function draw_order(source, changes)
  changes = next(changes) ~= nil and resolved(changes, source) or changes
  local person, vehicle = draw_person(source, changes), source:pick(vehicles)
  local order = {
    ro_number = source:pick(ro_numbers), revision = source:pick { 1, missing, 2 }, status = source:draw(5) == 5 and "void" or nil,
    closed_on = draw_visit(source), mileage = source:pick(mileages),
    customer = {
      name = or_missing(person[1]), first_name = or_missing(person[2]), preferred_channel = source:pick(preferences),
      text_ok = source:pick(consents), email_ok = source:pick(consents),
    },
    vehicle = { year = or_missing(vehicle[1]), make = or_missing(vehicle[2]), model = or_missing(vehicle[3]) },
  }
  for _, name in ipairs { "phone", "email", "customer_number" } do
    if source:draw(3) == 3 then order.customer[name] = missing end
  end
  if source:draw(3) == 3 then order.vehicle.vin = missing end
  if source:draw(2) == 2 then order.performed = {} end
  order.declined = {}
  if source:draw(5) < 5 then
    for i, item in ipairs(draw_items(source, samples.visit_on)) do order.declined[i] = mapped(item) end
  end
  say_over(order, changes)
  return samples.repair_order(order)
end

--- Returns a generator of repair orders as a mapping returns them, with `overrides` as for given.repair_order.
function any.repair_order(overrides)
  local changes = check("mapped_order", overrides)
  return generator(function(source) return draw_order(source, changes) end, show_order)
end

local names = {}
for name in pairs(any) do names[#names + 1] = name end
table.sort(names)

return setmetatable(any, {
  __index = function(_, name)
    local hint = nearest(tostring(name), names)
    error("given.any has no generator '" .. tostring(name) .. "'; "
      .. (hint and "did you mean '" .. hint .. "'?" or "it has " .. table.concat(names, ", ")), 2)
  end,
})
