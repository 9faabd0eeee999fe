return {
  sms = function(touch)
    local days = { 3, 10, 30 }
    for day in days do
      print(day)
    end
  end,
}
