local text = require "textwrapper"

return {
  sms = function(touch)
    return text.wrap("Hi", touch)
  end,
}
