return {
  sms = function(touch)
    local n = 0
    n += 1
    return nil
  end,
}
