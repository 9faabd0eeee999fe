return {
  sms = function(touch)
    for i = 1 to 3 do
      print(i)
    end
  end,
}
