-- zones: how far the clocks of the United States and Canada are from UTC, by the names of the tz database.
local nearest = require "nearest"

local zones = {}

-- Seconds east of UTC in winter. Where clocks change they do so by the rule that has held since 2007 (St. John's changed two
-- hours earlier until 2011, so that there one hour of a night in autumn counts to the next day).
local winter = {
  ["America/St_Johns"] = -12600, ["America/Halifax"] = -14400, ["America/Moncton"] = -14400,
  ["America/New_York"] = -18000, ["America/Detroit"] = -18000, ["America/Toronto"] = -18000,
  ["America/Indiana/Indianapolis"] = -18000, ["America/Kentucky/Louisville"] = -18000,
  ["America/Chicago"] = -21600, ["America/Winnipeg"] = -21600,
  ["America/Denver"] = -25200, ["America/Boise"] = -25200, ["America/Edmonton"] = -25200,
  ["America/Los_Angeles"] = -28800, ["America/Vancouver"] = -28800, ["America/Anchorage"] = -32400,
}

-- Where clocks never change.
local all_year = {
  UTC = 0, ["America/Puerto_Rico"] = -14400, ["America/Regina"] = -21600, ["America/Phoenix"] = -25200,
  ["Pacific/Honolulu"] = -36000,
}

local aliases = {
  ["US/Eastern"] = "America/New_York", ["US/Michigan"] = "America/Detroit", ["US/East-Indiana"] = "America/Indiana/Indianapolis",
  ["US/Central"] = "America/Chicago", ["US/Mountain"] = "America/Denver", ["US/Arizona"] = "America/Phoenix",
  ["US/Pacific"] = "America/Los_Angeles", ["US/Alaska"] = "America/Anchorage", ["US/Hawaii"] = "Pacific/Honolulu",
  ["Canada/Newfoundland"] = "America/St_Johns", ["Canada/Atlantic"] = "America/Halifax", ["Canada/Eastern"] = "America/Toronto",
  ["Canada/Central"] = "America/Winnipeg", ["Canada/Saskatchewan"] = "America/Regina", ["Canada/Mountain"] = "America/Edmonton",
  ["Canada/Pacific"] = "America/Vancouver", ["America/Montreal"] = "America/Toronto", ["Etc/UTC"] = "UTC",
  ["America/Indianapolis"] = "America/Indiana/Indianapolis", ["America/Louisville"] = "America/Kentucky/Louisville",
}
for alias, zone in pairs(aliases) do winter[alias], all_year[alias] = winter[zone], all_year[zone] end

--- Seconds east of UTC without summer time: zones.offset("America/Chicago") == -21600; nil and why for an unknown zone.
function zones.offset(zone)
  local offset = zone ~= nil and (winter[zone] or all_year[zone])
  if offset then return offset end
  if zone == nil then return nil, "needs a zone, as 'America/Chicago'" end
  local names = {}
  for name in pairs(winter) do names[#names + 1] = name end
  for name in pairs(all_year) do names[#names + 1] = name end
  local hint = nearest(tostring(zone), names)
  return nil, "has no zone '" .. tostring(zone) .. "'" .. (hint and "; did you mean '" .. hint .. "'?" or "")
end

--- Whether the clocks go forward there in March and back in November: zones.has_summer_time("America/Phoenix") == false.
function zones.has_summer_time(zone) return winter[zone] ~= nil end

return zones
