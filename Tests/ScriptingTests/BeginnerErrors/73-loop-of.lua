return {
  sms = function(touch)
    for item of touch.items do
      print(item.name)
    end
  end,
}
