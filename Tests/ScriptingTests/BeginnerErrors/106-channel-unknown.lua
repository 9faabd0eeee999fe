-- file: channel.lua
return {
  choose = function(touch)
    return "phone"
  end,
}
