-- Who this rooftop is and when it may write. Only this file is required; what others leave out has a default.
return {
  id = "lakeside", name = "Lakeside Service", group = "Demo Motors",
  zone = "America/Denver", city = "Greeley", state = "CO",
  phone = "+19705550100",
  booking_link = "https://book.example.com/lakeside",
  postal_address = "100 Example Road, Greeley, CO",
  hours = { open = "10:00", close = "17:00", closed = { "sunday" } },
  cadence = { send_at = "10:00" },
}
