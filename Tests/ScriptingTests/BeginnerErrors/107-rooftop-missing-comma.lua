-- file: rooftop.lua
return {
  id = "hillside",
  name = "Hillside Auto"
  zone = "America/Chicago",
}
