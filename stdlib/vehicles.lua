-- vehicles: make codes as people say them.
local vehicles = {}

local makes = {
  TOYO = "Toyota", HOND = "Honda", FORD = "Ford", CHEV = "Chevrolet", NISS = "Nissan", SUBA = "Subaru", KIA = "Kia",
  HYUN = "Hyundai", JEEP = "Jeep", MAZD = "Mazda", VOLK = "Volkswagen",
}

--- vehicles.make("TOYO") == "Toyota"; a make that isn't a code stays as it is.
function vehicles.make(text)
  if text == "" then return nil end
  return makes[text] or text
end

--- vehicles.year("09") == 2009; nil for blank.
function vehicles.year(text)
  local year = tonumber(text)
  if not year or year == 0 then return nil end
  if year < 70 then return year + 2000 end
  if year < 100 then return year + 1900 end
  return year
end

--- vehicles.miles("73,211") == 73211; nil for blank.
function vehicles.miles(text)
  return tonumber((text:gsub(",", "")))
end

return vehicles
