local name
name = function(touch)
  return name(touch) .. "!"
end

return { sms = name }
