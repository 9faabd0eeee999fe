return {
  sms = function(touch)
    local n = 0
    n++
    return nil
  end,
}
