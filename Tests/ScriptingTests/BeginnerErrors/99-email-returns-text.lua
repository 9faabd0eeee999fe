return {
  email = function(touch)
    return "Hello, your car is ready"
  end,
}
