-- dates: the forms that exports write days in, as "YYYY-MM-DD"; nil when the text is no real day.
-- Each form looks at the text's length first: that costs nothing, and a column of several forms tries most of them in vain.
local nearest, zones = require "nearest", require "zones"

local find, match, sub, upper = string.find, string.match, string.sub, string.upper
local tointeger, type = math.tointeger, type

local dates = {}

local months = { JAN = 1, FEB = 2, MAR = 3, APR = 4, MAY = 5, JUN = 6, JUL = 7, AUG = 8, SEP = 9, OCT = 10, NOV = 11, DEC = 12 }
local month_names = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December" }
local weekdays = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" }
local lengths = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function is_leap(year)
  return year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
end

-- Days since 1970-01-01, by whole 400-year cycles of 146,097 days.
local function day_number(year, month, day)
  if month <= 2 then year = year - 1 end
  local era = year // 400
  local of_era = year - era * 400
  local of_year = (153 * (month > 2 and month - 3 or month + 9) + 2) // 5 + day - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

local function from_number(number)
  local z = number + 719468
  local era = z // 146097
  local of_era = z - era * 146097
  local year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
  local of_year = of_era - (365 * year + year // 4 - year // 100)
  local m = (5 * of_year + 2) // 153
  local month = m < 10 and m + 3 or m - 9
  return year + era * 400 + (month <= 2 and 1 or 0), month, of_year - (153 * m + 2) // 5 + 1
end

-- The year of two digits, in four: before 70 it is in this century.
local function of_century(year)
  return (year < "70" and "20" or "19") .. year
end

-- Two places each, made once: string.format would cost more than the rest of a date.
local two_places = {}
for number = 1, 31 do two_places[number] = string.format("%02d", number) end

-- Numbers of one or two digits, also as two_digits["07"]: a lookup costs less than tonumber.
local two_digits = {}
for number = 0, 31 do
  two_digits[tostring(number)], two_digits[string.format("%02d", number)] = number, number
end

-- The year may be text of four digits, which is joined for less than a number.
local function iso(year, month, day)
  if not (month and day) or month < 1 or month > 12 or day < 1 then return nil end
  local number = tonumber(year)
  if number < 1900 or number > 9999 then return nil end
  if day > lengths[month] and not (month == 2 and day == 29 and is_leap(number)) then return nil end
  return year .. "-" .. two_places[month] .. "-" .. two_places[day]
end

local function by_name(day, month, year)
  return day and iso(of_century(year), months[month] or months[upper(month)], two_digits[day])
end

local forms = {
  ["MM/DD/YYYY"] = function(text)
    if #text < 8 or #text > 10 then return nil end
    local month, day, year = match(text, "^(%d%d?)/(%d%d?)/(%d%d%d%d)$")
    return month and iso(year, two_digits[month], two_digits[day])
  end,
  ["MM/DD/YY"] = function(text)
    if #text < 6 or #text > 8 then return nil end
    local month, day, year = match(text, "^(%d%d?)/(%d%d?)/(%d%d)$")
    return month and iso(of_century(year), two_digits[month], two_digits[day])
  end,
  ["MM-DD-YYYY"] = function(text)
    if #text < 8 or #text > 10 then return nil end
    local month, day, year = match(text, "^(%d%d?)-(%d%d?)-(%d%d%d%d)$")
    return month and iso(year, two_digits[month], two_digits[day])
  end,
  ["DD/MM/YYYY"] = function(text)
    if #text < 8 or #text > 10 then return nil end
    local day, month, year = match(text, "^(%d%d?)/(%d%d?)/(%d%d%d%d)$")
    return day and iso(year, two_digits[month], two_digits[day])
  end,
  ["DD/MM/YY"] = function(text)
    if #text < 6 or #text > 8 then return nil end
    local day, month, year = match(text, "^(%d%d?)/(%d%d?)/(%d%d)$")
    return day and iso(of_century(year), two_digits[month], two_digits[day])
  end,
  ["YYYY/MM/DD"] = function(text)
    if #text < 8 or #text > 10 then return nil end
    local year, month, day = match(text, "^(%d%d%d%d)/(%d%d?)/(%d%d?)$")
    return year and iso(year, two_digits[month], two_digits[day])
  end,
  ["YYYY-MM-DD"] = function(text)
    if #text ~= 10 then return nil end
    local year, month, day = match(text, "^(%d%d%d%d)-(%d%d)-(%d%d)$")
    return year and iso(year, two_digits[month], two_digits[day])
  end,
  ["YYYYMMDD"] = function(text)
    if #text ~= 8 then return nil end
    local year, month, day = match(text, "^(%d%d%d%d)(%d%d)(%d%d)$")
    return year and iso(year, two_digits[month], two_digits[day])
  end,
  ["MMDDYYYY"] = function(text)
    if #text ~= 8 then return nil end
    local month, day, year = match(text, "^(%d%d)(%d%d)(%d%d%d%d)$")
    return month and iso(year, two_digits[month], two_digits[day])
  end,
  ["MMDDYY"] = function(text)
    if #text ~= 6 then return nil end
    local month, day, year = match(text, "^(%d%d)(%d%d)(%d%d)$")
    return month and iso(of_century(year), two_digits[month], two_digits[day])
  end,
  ["YYMMDD"] = function(text)
    if #text ~= 6 then return nil end
    local year, month, day = match(text, "^(%d%d)(%d%d)(%d%d)$")
    return year and iso(of_century(year), two_digits[month], two_digits[day])
  end,
  ["DDMMMYY"] = function(text)
    if #text < 6 or #text > 7 then return nil end
    return by_name(match(text, "^(%d%d?)(%a%a%a)(%d%d)$"))
  end,
  ["DD-MMM-YY"] = function(text)
    if #text < 8 or #text > 9 then return nil end
    return by_name(match(text, "^(%d%d?)-(%a%a%a)-(%d%d)$"))
  end,
  ["DDMMMYYYY"] = function(text)
    if #text < 8 or #text > 9 then return nil end
    local day, month, year = match(text, "^(%d%d?)(%a%a%a)(%d%d%d%d)$")
    return day and iso(year, months[upper(month)], two_digits[day])
  end,
  ["DD-MMM-YYYY"] = function(text)
    if #text < 10 or #text > 11 then return nil end
    local day, month, year = match(text, "^(%d%d?)-(%a%a%a)-(%d%d%d%d)$")
    return day and iso(year, months[upper(month)], two_digits[day])
  end,
  ["MMM D, YYYY"] = function(text)
    if #text < 10 or #text > 18 then return nil end
    local month, rest, day, year = match(text, "^(%a%a%a)(%a*)%.? (%d%d?), (%d%d%d%d)$")
    month = month and months[upper(month)]
    if not month or rest ~= "" and upper(month_names[month]) ~= upper(match(text, "^%a+")) then return nil end
    return iso(year, month, two_digits[day])
  end,
  -- Julian, as older systems call it: the year and the day of the year, as 2026071.
  YYYYDDD = function(text)
    if #text ~= 7 then return nil end
    local year, day = match(text, "^(%d%d%d%d)(%d%d%d)$")
    if not day then return nil end
    year, day = tonumber(year), tonumber(day)
    if day < 1 or day > (is_leap(year) and 366 or 365) then return nil end
    return iso(from_number(day_number(year, 1, 1) + day - 1))
  end,
  -- Excel's count of days, the time of day after the point. Five places begin in 1927, past its 1900-02-29, which never was.
  excel = function(text)
    if #text == 6 or #text < 5 then return nil end
    local serial = match(text, #text == 5 and "^[1-9]%d%d%d%d$" or "^([1-9]%d%d%d%d)%.%d+$")
    return serial and iso(from_number(tonumber(serial) - 25569))
  end,
}

-- 2007 is the year that today's rule of the clocks began in; by 2100 somebody will have changed it.
local first_instant, last_instant = 1167638400, 4102444800

-- The day that an instant falls on in a zone: seconds since 1970 in UTC. Clocks go forward on the second Sunday of March and
-- back on the first of November, both at 2:00.
local function local_day(instant, zone)
  if not instant or instant < first_instant or instant >= last_instant then return nil end
  local clock = instant + zones.offset(zone)
  local number = clock // 86400
  local year, month, day = from_number(number)
  if zones.has_summer_time(zone) then
    local is_summer = month > 3 and month < 11
    if month == 3 then
      local eighth = number - day + 8
      is_summer = clock >= (eighth + (3 - eighth) % 7) * 86400 + 7200
    elseif month == 11 then
      local first = number - day + 1
      is_summer = clock < (first + (3 - first) % 7) * 86400 + 3600
    end
    if is_summer then year, month, day = from_number((clock + 3600) // 86400) end
  end
  return iso(year, month, day)
end

-- A number, or text of digits alone: Excel's 1.77E+12 has lost the time of day, and more.
local function whole_number(value)
  if type(value) == "number" then return tointeger(value) end
  return #value < 16 and find(value, "^%d+$") and tonumber(value) or nil
end

-- These tell an instant, which is a day only by somebody's clock: they need a zone.
local instants = {
  ["epoch ms"] = function(value, zone)
    local count = whole_number(value)
    return count and local_day(count // 1000, zone)
  end,
  ["epoch s"] = function(value, zone)
    return local_day(whole_number(value), zone)
  end,
  -- 2026-02-02T20:40:00-06:00, or with Z; without an offset it is the zone's own clock.
  iso = function(text, zone)
    text = tostring(text)
    local day, rest = sub(text, 1, 10), sub(text, 11, 40)
    day = forms["YYYY-MM-DD"](day)
    if not day or #text > 40 then return nil end
    if rest == "" then return day end
    local hour, minute, after = match(rest, "^[T ]([0-2]%d):([0-5]%d)(.*)$")
    if not hour or hour > "23" then return nil end
    after = match(after, "^:[0-6]%d[.,]%d+(.*)$") or match(after, "^:[0-6]%d(.*)$") or after
    if after == "" then return day end
    local sign, hours, minutes = match(after, "^([+-])([01]%d):?([0-5]%d)$")
    if after ~= "Z" and not sign then return nil end
    local east = sign and tonumber(hours) * 3600 + tonumber(minutes) * 60 or 0
    if sign == "-" then east = -east end
    local midnight = day_number(tonumber(sub(day, 1, 4)), two_digits[sub(day, 6, 7)], two_digits[sub(day, 9)]) * 86400
    return local_day(midnight + tonumber(hour) * 3600 + tonumber(minute) * 60 - east, zone)
  end,
}

local function no_form(form)
  local names = {}
  for name in pairs(forms) do names[#names + 1] = name end
  for name in pairs(instants) do names[#names + 1] = name end
  local hint = type(form) == "string" and nearest(form, names)
  return "dates has no form '" .. tostring(form) .. "'" .. (hint and "; did you mean '" .. hint .. "'?" or "")
end

-- What is rare: nil, and a form that needs a zone. Errors name the line of the script.
local function unusual(value, form, zone)
  local instant = instants[form]
  if instant then
    local offset, why = zones.offset(zone)
    if not offset then error("dates form '" .. form .. "' " .. why, 3) end
    if value == nil or value == "" then return nil end
    return instant(value, zone)
  end
  if not forms[form] then error(no_form(form), 3) end
  return nil
end

-- `.. ""` makes text of a number that stands for a day, as JSON has them, and costs next to nothing where it is text already.

--- The day in one form: dates.parse("02FEB26", "DDMMMYY") == "2026-02-02". The forms that tell an instant take a zone too:
--- dates.parse(1770172500000, "epoch ms", "America/Chicago") == "2026-02-03".
function dates.parse(text, form, zone)
  local read = forms[form]
  if read and text then return read(text .. "") or nil end
  return unusual(text, form, zone) or nil
end

--- The day in the first form that fits, for a column that holds several:
--- dates.any("46059", { "MM/DD/YYYY", "excel" }) == "2026-02-06".
function dates.any(text, list, zone)
  text = text and text .. ""
  for i = 1, #list do
    local read = forms[list[i]]
    local day
    if read and text then day = read(text) else day = unusual(text, list[i], zone) end
    if day then return day end
  end
  return nil
end

local function parts(day)
  return tonumber(sub(day, 1, 4)), tonumber(sub(day, 6, 7)), tonumber(sub(day, 9, 10))
end

--- The day some days later, or earlier when the number is negative.
function dates.add_days(day, count)
  return iso(from_number(day_number(parts(day)) + count))
end

--- How many days from one day to a later one.
function dates.days_between(earlier, later)
  return day_number(parts(later)) - day_number(parts(earlier))
end

--- "Tuesday".
function dates.weekday(day)
  return weekdays[(day_number(parts(day)) + 3) % 7 + 1]
end

--- "Tuesday, March 3".
function dates.words(day)
  local _, month, date = parts(day)
  return dates.weekday(day) .. ", " .. month_names[month] .. " " .. date
end

return dates
