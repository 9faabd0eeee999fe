return {
  sms = function(touch)
    return string.format("%s is at %d", touch.item.name, touch.item.name)
  end,
}
