-- Who this rooftop is and when it may write. Only this file is required; what others leave out has a default.
return {
  id = "corrections", name = "Corrections Rooftop", group = "Demo Motors",
  zone = "America/Chicago", city = "Rochester", state = "MN",
  phone = "+15075550100",
  booking_link = "https://book.example.com/corrections",
  postal_address = "100 Example Road, Rochester, MN",
  hours = { open = "10:00", close = "17:00", closed = { "sunday" } },
  cadence = { send_at = "10:00" },
}
