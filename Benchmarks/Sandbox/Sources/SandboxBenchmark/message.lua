-- The script that is measured: what a dealer's message.lua does, with the words it needs.
local function list(words)
  local count = #words
  if count < 2 then return words[1] end
  return table.concat(words, ", ", 1, count - 1) .. " and " .. words[count]
end

local fields = {
  first_name = function(touch) return touch.customer.first_name or "there" end,
  model = function(touch) return touch.vehicle.model or "vehicle" end,
  visit_day = function(touch) return touch.visit_day end,
  rooftop = function(touch) return touch.rooftop.name end,
  phone = function(touch) return touch.rooftop.phone end,
  link = function(touch) return touch.booking_link end,
  items = function(touch)
    local names = {}
    for i, item in ipairs(touch.items) do
      local condition = item.condition_value
      names[i] = condition and string.format("%s (%d %s)", item.name, condition, item.condition_unit) or item.name
    end
    return list(names)
  end,
}

local templates = {
  reminder = "Hi {first_name}, it's {rooftop}. When your {model} was in on {visit_day} we measured {items}. "
    .. "Shall we get that scheduled? {link} or call {phone}.",
  final = "Hi {first_name}, {items} on your {model} is still open from {visit_day}. {link}",
}

return {
  sms = function(touch)
    if touch.kind ~= "reminder" and touch.kind ~= "final" then return nil end
    if touch.item.safety and touch.late then return nil end
    return (templates[touch.kind]:gsub("{([%l_]+)}", function(name) return fields[name](touch) end))
  end,
}
