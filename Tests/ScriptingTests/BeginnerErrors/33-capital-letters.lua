return {
  sms = function(touch)
    If touch.late then
      return nil
    end
  end,
}
