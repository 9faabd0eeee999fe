return {
  email = function(touch)
    return { subject: "Your visit", text: "Hello" }
  end,
}
