return {
  sms = function(touch)
    return string.format("10% off, %s", touch.item.name)
  end,
}
