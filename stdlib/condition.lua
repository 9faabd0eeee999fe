-- condition: measurements and severities out of a technician's words.
local byte, find, gmatch, gsub, match, sub, upper = string.byte, string.find, string.gmatch, string.gsub, string.match, string.sub,
  string.upper
local floor = math.floor

local condition = {}

-- The fixed words come first: a plain search for them is cheap, and settles most texts. They are taken out whole.
local forms = {
  { "REAR PADS ", "REAR PADS (%d+%.?%d*)MM", "brake_pad_rear", "mm" },
  { "FRT PADS ", "FRT PADS (%d+%.?%d*)MM", "brake_pad_front", "mm" },
  { "FRT TREAD ", "FRT TREAD (%d+)/32", "tire_tread_front", "32nds" },
  { "RR TREAD ", "RR TREAD (%d+)/32", "tire_tread_rear", "32nds" },
  { "BATT ", "BATT (%d+) CCA", "battery_cca", "cca" },
}

local space = byte " "
local shortest = #"3MM PADS"

-- Words that say what was measured, and on which axle. "4 TIRES" are counted at the front, where tires are looked at first.
local kinds = {
  PAD = "brake_pad", PADS = "brake_pad", BRAKE = "brake_pad", BRAKES = "brake_pad", LINING = "brake_pad", LININGS = "brake_pad",
  SHOES = "brake_pad", TIRE = "tire_tread", TIRES = "tire_tread", TREAD = "tire_tread", TREADS = "tire_tread",
}
local axles = {
  FRONT = "front", FRONTS = "front", FRT = "front", FR = "front", LF = "front", RF = "front",
  REAR = "rear", REARS = "rear", RR = "rear", LR = "rear",
}

-- A figure after one of these is what the part ought to have, and no measurement.
local wanted = { RATED = true, RATING = true, SPEC = true, MIN = true, MINIMUM = true, NEW = true, LIMIT = true, UNDER = true,
  BELOW = true, OVER = true }

local markers = { mm = "MM", ["32nds"] = "/32", cca = "CCA" }
local units = { "mm", "32nds", "cca" }

-- How far before a figure its words may stand, in bytes; the words after it count only when none before it does.
local reach = 60

-- The figure that ends just before a unit, as in "3 MM": where it begins, and its digits. nil for a range ("3-4MM") and a
-- longer run of digits ("1234567MM").
local function figure_before(text, at)
  local window = sub(text, at > 8 and at - 8 or 1, at - 1)
  local before, digits, gap = match(window, "^(.-)(%d*%.?%d+)( ?)$")
  if not digits or #digits > 5 or before == "" and at > 9 then return nil end
  if find(before, "[%d.,/]$") or find(before, "%d ?[-/] ?$") then return nil end
  return at - #gap - #digits, digits
end

-- What the words of a text say, the last of each kind.
local function named(text)
  local kind, axle, number
  for word in gmatch(text, "[%a%d]+") do
    kind, axle = kinds[word] or kind, axles[word] or axle
    if word == "TIRES" and (number == "4" or number == "FOUR") then axle = axle or "front" end
    number = word
  end
  return kind, axle, number
end

local function rounded(value, places)
  local scale = 10 ^ places
  value = floor(value * scale + 0.5) / scale
  return math.tointeger(value) or value
end

-- An inch is 25.4 mm. Tread is told in whole 32nds of one, pads in mm.
local function in_own_unit(kind, value, unit)
  if kind == "tire_tread" and unit == "mm" then return rounded(value * 32 / 25.4, 0) end
  if kind == "brake_pad" and unit == "32nds" then return rounded(value * 25.4 / 32, 1) end
  return value
end

local own_units = { brake_pad = "mm", tire_tread = "32nds", battery = "cca" }

local function made(kind, axle, value, unit)
  if kind == "battery" then return { measure = "battery_cca", value = value, unit = "cca" } end
  return { measure = kind .. "_" .. axle, value = in_own_unit(kind, value, unit), unit = own_units[kind] }
end

-- The measurement whose unit stands at a place, and where its figure begins.
local function measured_at(capitals, at, unit)
  local from, digits = figure_before(capitals, at)
  if not from then return nil end
  local before = sub(capitals, from > reach and from - reach or 1, from - 1)
  local kind, axle, last = named(before)
  if last and wanted[last] then return nil end
  if unit == "cca" then return made("battery", nil, tonumber(digits)), from end
  if not kind or not axle then
    local after = match(sub(capitals, at + #markers[unit], at + reach), "^[^%d.;]*")
    local later_kind, later_axle = named(after)
    kind, axle = kind or later_kind, axle or later_axle
  end
  -- Tread alone is told in 32nds.
  if unit == "32nds" and not kind then kind = "tire_tread" end
  if not kind or not axle then return nil end
  return made(kind, axle, tonumber(digits), unit), from
end

-- A measurement in any words, "REAR BRAKES AT 2 MM": only its figure is taken out, for the words say what the work is.
local function free(text)
  local capitals = upper(text)
  for i = 1, #units do
    local unit = units[i]
    local marker = markers[unit]
    local at = find(capitals, marker, 1, true)
    while at do
      local to = at + #marker - 1
      if not find(capitals, "^[%a%d]", to + 1) or unit == "32nds" and find(capitals, "^ND", to + 1) then
        local found, from = measured_at(capitals, at, unit)
        if found then
          if unit == "32nds" then to = select(2, find(capitals, '^ ?NDS?', to + 1)) or select(2, find(capitals, '^"', to + 1)) or to end
          local front = match(sub(text, 1, from - 1), "^(.-)%s*$")
          local connector = match(upper(sub(front, -4)), "^.-%f[%a](AT)$") or match(sub(front, -1), "^[@:=-]$")
          if connector then front = match(sub(front, 1, -#connector - 1), "^(.-)%s*$") end
          if front == "" then return found, match(sub(text, to + 1), "^%s*(.*)$") end
          return found, front .. sub(text, to + 1)
        end
      end
      at = find(capitals, marker, to + 1, true)
    end
  end
  return nil, text
end

--- The measurement, and the text without it: condition.parse("PADS & ROTORS REAR PADS 3MM"), condition.parse("REAR BRAKES AT 2 MM").
function condition.parse(text)
  if not text or #text < shortest or not find(text, "%d") then return nil, text end
  for i = 1, #forms do
    local form = forms[i]
    if find(text, form[1], 1, true) then
      local from, to, value = find(text, form[2])
      if from then
        if byte(text, from - 1) == space then from = from - 1 end
        return { measure = form[3], value = tonumber(value), unit = form[4] }, sub(text, 1, from - 1) .. sub(text, to + 1)
      end
    end
  end
  return free(text)
end

local unit_names = {
  MM = "mm", MILLIMETER = "mm", MILLIMETERS = "mm", ["32NDS"] = "32nds", ["32ND"] = "32nds", ["32"] = "32nds", ["/32"] = "32nds",
  ["1/32"] = "32nds", CCA = "cca", AMPS = "cca",
}

--- A measurement of three columns: condition.of("brake_pad_rear", "3", "mm"); nil for what is none. The measure may be in words
--- ("Rear Pads"); tread in mm becomes 32nds.
function condition.of(measure, value, unit)
  value = tonumber(value)
  unit = unit and unit_names[upper((gsub(unit, "%s", "")))]
  if not measure or not value or value < 0 or not unit then return nil end
  local words = gsub(upper(measure), "[^%a%d]", " ")
  value = math.tointeger(value) or value
  if unit == "cca" then
    return find(words, "BATT", 1, true) and made("battery", nil, value) or nil
  end
  local kind, axle = named(words)
  return kind and axle and made(kind, axle, value, unit) or nil
end

-- Whether a colour stands as a mark: <RED>, [RED], (RED), * RED *.
local function is_marked(text, colour)
  local from, to = find(text, colour, 1, true)
  while from do
    local before = byte(text, from - 1)
    if before == 0x3C or before == 0x5B or before == 0x28 or before == space and byte(text, from - 2) == 0x2A then
      local after = byte(text, to + 1)
      if before == space then
        if after == space and byte(text, to + 2) == 0x2A then return true end
      elseif after == (before == 0x28 and 0x29 or before + 2) then
        return true
      end
    end
    from, to = find(text, colour, to + 1, true)
  end
  return false
end

--- "red" or "yellow" from [R] or [Y], ** RED ** or ** YELLOW **, <RED> or <YELLOW>; nil when none is there.
function condition.severity(text)
  if not text then return nil end
  if find(text, "[R]", 1, true) or find(text, "RED", 1, true) and is_marked(text, "RED") then return "red" end
  if find(text, "[Y]", 1, true) or find(text, "YELLOW", 1, true) and is_marked(text, "YELLOW") then return "yellow" end
  return nil
end

local ratings = {
  RED = "red", R = "red", IMMEDIATE = "red", IMMEDIATELY = "red", URGENT = "red", CRITICAL = "red", SAFETY = "red", UNSAFE = "red",
  DANGER = "red", FAIL = "red", FAILED = "red", HIGH = "red", NOW = "red", ["IMMEDIATE ATTENTION"] = "red",
  ["REQUIRES IMMEDIATE ATTENTION"] = "red", ["NEEDS IMMEDIATE ATTENTION"] = "red",
  YELLOW = "yellow", Y = "yellow", AMBER = "yellow", SOON = "yellow", FUTURE = "yellow", MARGINAL = "yellow", MEDIUM = "yellow",
  CAUTION = "yellow", WARNING = "yellow", MONITOR = "yellow", ["NEXT VISIT"] = "yellow", ["FUTURE ATTENTION"] = "yellow",
  ["MAY REQUIRE FUTURE ATTENTION"] = "yellow", ["MAY NEED FUTURE ATTENTION"] = "yellow",
  ["REQUIRES FUTURE ATTENTION"] = "yellow", ["NEEDS ATTENTION SOON"] = "yellow",
}

--- The severity that a column of its own names: condition.rating("IMMEDIATE") == "red", condition.rating("SOON") == "yellow";
--- nil for any other word.
function condition.rating(text)
  if not text or text == "" then return nil end
  local known = ratings[text]
  if known then return known end
  return ratings[match(upper((gsub(sub(text, 1, 60), "[%s_-]+", " "))), "^%s*(.-)%s*$")]
end

return condition
