return {
  sms = function(touch)
    if touch.day > 3 && touch.late then
      return "Hi"
    end
  end,
}
