return {
  sms = function(touch)
    return touch.first_name ", your car"  "is ready"
  end,
}
