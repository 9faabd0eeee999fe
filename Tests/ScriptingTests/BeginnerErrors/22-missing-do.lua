return {
  sms = function(touch)
    for _, item in ipairs(touch.items)
      print(item.name)
    end
  end,
}
