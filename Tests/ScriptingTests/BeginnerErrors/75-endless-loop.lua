return {
  sms = function(touch)
    local n = 0
    while n < 10 do
      n = n + 0
    end
  end,
}
