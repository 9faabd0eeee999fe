return {
  sms = function(touch)
    local n = 3
    n--
    return nil
  end,
}
