return {
  function sms(touch)
    return "Hi"
  end,
}
