-- vehicles: make codes as people say them.
local find, gsub, match, upper = string.find, string.gsub, string.match, string.upper

local vehicles = {}

local makes = {
  TOYO = "Toyota", HOND = "Honda", FORD = "Ford", CHEV = "Chevrolet", NISS = "Nissan", SUBA = "Subaru", KIA = "Kia",
  HYUN = "Hyundai", JEEP = "Jeep", MAZD = "Mazda", VOLK = "Volkswagen",
}

--- vehicles.make("TOYO") == "Toyota"; a make that isn't a code stays as it is.
function vehicles.make(text)
  if text == "" then return nil end
  return makes[text] or makes[upper(text)] or text
end

--- vehicles.year("09") == 2009; nil for blank, 0 and what is no year.
function vehicles.year(text)
  if not find(text, "^%d+$") then return nil end
  local year = tonumber(text)
  if #text == 4 and year >= 1900 then return year end
  if #text > 2 or text == "0" then return nil end
  return year < 70 and year + 2000 or year + 1900
end

--- vehicles.miles("73,211") == 73211; nil for blank. A negative number is passed on, for the host to put aside.
function vehicles.miles(text)
  if text == "" then return nil end
  if #text < 10 and find(text, "^%d+$") then return tonumber(text) end
  if find(text, ",", 1, true) then text = gsub(text, ",", "") end
  return math.tointeger(tonumber((match(text, "^%s*(%-?%d+)%.?0*%s*$"))))
end

return vehicles
