-- file: rooftop.lua
return {
  id = "hillside", name = "Hillside Auto", zone = "America/Chicago", booking_link = "https://book.example.com/h",
  hour = { open = "10:00" },
}
