-- The rules of messages, and every touch to try them on: each category, and each combination of what a touch may lack.
-- One kind a test file, since what a file's tests make is kept until the file ends.
local given, testing, wording = require "given", require "testing", require "wording"
local expect = testing.expect

local message_rules = {}

local names = {
  cabin_filter = "cabin air filter", engine_air_filter = "engine air filter", wipers = "wiper blades", battery = "battery",
  brake_fluid = "brake fluid exchange", bulbs = "light bulb", power_steering_flush = "power steering flush",
  brakes_front = "front brake pads and rotors", brakes_rear = "rear brake pads and rotors", brakes = "brakes",
  tires_all = "four tires", tires_rear = "two rear tires", tires_front = "two front tires", tires = "tires",
  alignment = "four-wheel alignment", serpentine_belt = "drive belt", coolant_flush = "coolant flush",
  spark_plugs = "spark plugs", air_conditioning = "air conditioning", exhaust = "exhaust", wheel_bearing = "wheel bearing",
  hoses = "hoses", transmission = "transmission fluid service", suspension = "front struts", steering = "steering",
  engine_oil_leak = "valve cover gasket", engine = "engine repair", timing_belt = "timing belt and water pump",
  water_pump = "water pump", head_gasket = "head gasket", fuel_system = "fuel system", other = "recommended work",
  of_a_rooftops_own = "rear wiper",
}
local generic = { "deferred maintenance", "valued customer", "we noticed you had", "services are due" }

--- Raises with the rule that the text breaks, and the text.
function message_rules.lint(text, touch)
  local lower = text:lower()
  local function rule(name, kept)
    if not kept then error(name .. " " .. touch.kind .. " " .. touch.item.category .. ": " .. text, 0) end
  end
  rule("M1", lower:find(touch.item.name, 1, true))
  rule("M2", text:find("March 3", 1, true))
  rule("M3", not text:find("$", 1, true))
  rule("M4", lower:find("reply", 1, true) or text:find(touch.booking_link, 1, true))
  for _, phrase in ipairs(generic) do rule("M5", not lower:find(phrase, 1, true)) end
  rule("M8", not text:find "[{}%[%]|]" and not lower:find "%f[%a]nil%f[%A]" and not text:find("table: ", 1, true))
  rule("names the rooftop", text:find(touch.rooftop.name, 1, true))
  rule("has no holes", not text:find "  " and not text:find " [,.!?]" and not text:find "%.%.")
  if touch.item.condition then rule("R13, the condition first", text:find(touch.item.condition.words, 1, true)) end
end

--- The touches to try, as changes to a touch: every combination of what one may lack, with one item and with
--- several, some of them from another visit.
local function variants(kind, category, name)
  local all = {}
  for mask = 0, 31 do
    local function has(bit) return mask & bit == 0 end
    local measured, named, known, reachable = has(1), has(2), has(4), has(8)
    local items = { { name = name, category = category } }
    if measured then items[1].condition = { measure = "brake_pad_rear", value = 3, unit = "mm" } end
    if mask >= 16 then
      items[2] = { name = "wiper blades", category = "wipers", visit_on = mask % 3 > 0 and "2026-03-03" or "2026-02-05" }
      if known then items[3] = { name = "battery", category = "battery" } end
    end
    all[#all + 1] = {
      kind = kind, season = kind == "season" and (mask % 3 > 0 and "winter" or "summer") or nil, items = items,
      late = mask % 5 == 0,
      first_name = named and "Maria" or given.missing, customer = { business = not named },
      vehicle = known and {} or { year = given.missing, make = given.missing, model = given.missing },
      repair_order = { mileage = reachable and 48210 or given.missing },
      rooftop = { phone = reachable and "+13125550142" or given.missing },
    }
  end
  return all
end

--- Raises unless the standard wording of that kind keeps the rules on every channel, for every touch of the category.
local function check(kind, category, name)
  for _, change in ipairs(variants(kind, category, name)) do
    local touch = given.touch(change)
    local sms, email = wording.sms(touch), wording.email(touch)
    message_rules.lint(sms, touch)
    expect(sms .. " Reply STOP to opt out."):segments_at_most(2)
    message_rules.lint(email.text, touch)
    expect(email.subject):contains(name)
    expect(email.subject):lacks "\n"
    expect(email.subject):lacks "{"
    local _, lines = email.text:gsub("[^\n]+", "")
    expect(lines >= 4 and lines <= 8):is_true()
    -- A call is a person's: it names the work and the visit, and needs no way to reply.
    message_rules.lint(wording.call(touch) .. " reply", touch)
  end
end

--- Adds a test for every category of work.
function message_rules.test(kind)
  testing.describe("the standard wording keeps the rules: " .. kind, function()
    for category, name in pairs(names) do
      testing.it(category, function() check(kind, category, name) end)
    end
  end)
end

return message_rules
