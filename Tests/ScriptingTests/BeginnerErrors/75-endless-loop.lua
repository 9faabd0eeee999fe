return {
  sms = function(touch)
    local n = 0
    while n < 10 do
      print(n)
    end
  end,
}
