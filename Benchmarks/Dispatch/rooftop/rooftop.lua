-- Who this rooftop is and when it may write. Only this file is required; what others leave out has a default.
return {
  id = "benchmark", name = "Hillside Auto", group = "Demo Motors",
  zone = "America/New_York", city = "Dayton", state = "OH",
  phone = "+19375550100",
  booking_link = "https://book.example.com/hillside",
  postal_address = "100 Example Road, Dayton, OH",
  hours = { open = "10:00", close = "17:00", closed = { "sunday" } },
  cadence = { send_at = "10:00" },
}
