-- Who this rooftop is and when it may write. Only this file is required; what others leave out has a default.
return {
  id = "northgate", name = "Northgate Motors", group = "Demo Motors",
  zone = "America/Chicago", city = "Appleton", state = "WI",
  phone = "+19205550100",
  booking_link = "https://book.example.com/northgate",
  postal_address = "100 Example Road, Appleton, WI",
  hours = { open = "10:00", close = "17:00", closed = { "sunday" } },
  cadence = { send_at = "10:00" },
}
