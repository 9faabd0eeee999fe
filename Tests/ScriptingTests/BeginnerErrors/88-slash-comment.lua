return {
  sms = function(touch)
    // greet the customer
    return nil
  end,
}
