return {
  sms = function(touch)
    greeting = "Hi "
    return greeting .. touch.item.name
  end,
}
