return {
  sms = function(touch)
    return "Hi"
    print("done")
  end,
}
