return {
  sms = function(touch)
    for _, item in ipairs(touch.items) do
      if item.safety then
        continue
      end
    end
  end,
}
