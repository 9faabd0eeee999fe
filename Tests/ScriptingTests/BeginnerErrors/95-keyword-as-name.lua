return {
  sms = function(touch)
    local end = touch.visit_day
    return nil
  end,
}
