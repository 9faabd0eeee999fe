return {
  sms = function(touch)
    return touch.item.name.upper
  end,
}
