return {
  sms = function(touch)
    return string.format("%s is at %s", touch.item.name)
  end,
}
