local function greet(touch)
  return "Hi"
end
end

return { sms = greet }
