return {
  sms = function(touch)
    return "We measured " .. touch.item.millimetres
  end,
}
