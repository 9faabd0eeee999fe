return {
  sms = function(touch)
    return touch.item.name:uper()
  end,
}
