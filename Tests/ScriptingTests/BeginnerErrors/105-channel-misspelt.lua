-- file: channel.lua
return {
  choose = function(touch)
    return "emial"
  end,
}
