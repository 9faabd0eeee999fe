return {
  sms = function(touch)
    local names = {}
    for item in touch.items do
      names[#names + 1] = item.name
    end
    return table.concat(names, ", ")
  end,
}
