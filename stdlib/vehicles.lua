-- vehicles: make codes as people say them, years, and the odometer in miles.
local find, gsub, match, upper = string.find, string.gsub, string.match, string.upper
local tointeger = math.tointeger

local vehicles = {}

local makes = {
  TOYO = "Toyota", HOND = "Honda", FORD = "Ford", CHEV = "Chevrolet", NISS = "Nissan", SUBA = "Subaru", KIA = "Kia",
  HYUN = "Hyundai", JEEP = "Jeep", MAZD = "Mazda", VOLK = "Volkswagen",
}

-- Names whose capitals are not the first letter's alone stand as their makers write them.
for _, name in ipairs {
  "Acura", "Audi", "BMW", "Buick", "Cadillac", "Chevrolet", "Chrysler", "Dodge", "Fiat", "Ford", "Genesis", "GMC", "Honda",
  "Hyundai", "Infiniti", "Jaguar", "Jeep", "Kia", "Land Rover", "Lexus", "Lincoln", "Mazda", "Mercedes-Benz", "Mini",
  "Mitsubishi", "Nissan", "Porsche", "Ram", "Subaru", "Tesla", "Toyota", "Volkswagen", "Volvo",
} do makes[upper(name)] = name end

--- vehicles.make("TOYO") == "Toyota", vehicles.make("SUBARU") == "Subaru"; a make that isn't known stays as it is.
function vehicles.make(text)
  if text == "" or text == nil then return nil end
  return makes[text] or makes[upper(text)] or text
end

--- vehicles.year("09") == 2009; nil for blank, 0 and what is no year.
function vehicles.year(text)
  if not text or not find(text, "^%d+$") then return nil end
  local year = tonumber(text)
  -- A number, as JSON has them, is no text and has no length.
  if year == text then text = text .. "" end
  if #text == 4 and year >= 1900 then return year end
  if #text > 2 or text == "0" then return nil end
  return year < 70 and year + 2000 or year + 1900
end

-- How many miles one is. SMI and KMT are the codes of the UN's list, which STAR's XML uses.
local lengths = {}
for _, unit in ipairs { "MI", "SMI", "M", "MILE", "MILES", "MLS" } do lengths[unit] = 1 end
for _, unit in ipairs { "KM", "KMT", "K", "KMS", "KILOMETER", "KILOMETERS", "KILOMETRE", "KILOMETRES" } do lengths[unit] = 0.621371 end

local function whole(text)
  if find(text, "[,%s\xC2\xE2]") then text = gsub(gsub(gsub(text, "\u{A0}", ""), "\u{202F}", ""), "[,%s]", "") end
  return tointeger(tonumber((match(text, "^(%-?%d+)%.?0*$"))))
end

-- No odometer has ten digits.
local most = 1000000000

-- Rounded to the nearest mile, a half away from zero.
local function in_miles(count, length)
  if length == 1 then return count end
  local miles = (count < 0 and -count or count) * length
  miles = tointeger(math.floor(miles + 0.5))
  return count < 0 and -miles or miles
end

--- vehicles.miles("73,211") == 73211, vehicles.miles(226283, "KM") == 140606; nil for blank, nil and why for what is no distance.
--- A negative number is passed on, for the host to put aside.
function vehicles.miles(text, unit)
  if text == "" or text == nil then return nil end
  local count
  if find(text, "^%d+$") then
    count = tonumber(text)
    if unit == nil and count < most then return count end
  else
    local thousands, rest = match(text, "^(%d%d?%d?),(%d%d%d)$")
    if thousands then count = tonumber(thousands .. rest) end
  end
  if not count or count >= most then
    text = text .. ""
    if #text > 40 then return nil, "is no distance" end
    local number, own = match(text, "^%s*(%-?[%d,.\xC2\xA0\xE2\x80\xAF ]-)%s*(%a*)%.?%s*$")
    if number == "" and own == "" then return nil end
    count = number and whole(number)
    if not count or count >= most then return nil, "is no distance" end
    if own ~= "" then unit = own end
  end
  if unit == nil then return count end
  local length = lengths[unit] or lengths[upper(unit)]
  if not length then return nil, "has an unknown unit" end
  return in_miles(count, length)
end

return vehicles
