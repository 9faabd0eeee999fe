local function text(touch)
  return greeting(touch) .. "your car is ready"
end

local function greeting(touch)
  return "Hi "
end

return {
  sms = function(touch)
    return text(touch)
  end,
}
