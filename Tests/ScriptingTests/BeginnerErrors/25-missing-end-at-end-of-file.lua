local function greet(touch)
  if touch.first_name then
    return "Hi"

local function other(touch)
  return "Hello"
end

return { sms = greet }
