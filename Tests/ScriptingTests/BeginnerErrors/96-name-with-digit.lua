return {
  sms = function(touch)
    local 1st = touch.item
    return nil
  end,
}
