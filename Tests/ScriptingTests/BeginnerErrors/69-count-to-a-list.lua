return {
  sms = function(touch)
    for i = 1, touch.items do
      print(i)
    end
  end,
}
