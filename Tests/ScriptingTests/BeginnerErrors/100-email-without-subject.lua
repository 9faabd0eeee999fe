return {
  email = function(touch)
    return { subjet = "Your visit", text = "Hello" }
  end,
}
