return function(touch)
  return "Hi"
end
