return {
  sms = function(touch)
    if touch.items.length > 1 then
      return nil
    end
  end,
}
