return {
  sms = function(touch)
    if touch.day < "10" then
      return nil
    end
  end,
}
