-- Who this rooftop is and when it may write. Change every value; only name, zone and booking_link are required.
return {
  id = "mystore",                                     -- the key in the ledger: never change it once messages went out
  name = "My Store",                                  -- what customers know you as
  zone = "America/Chicago", state = "IL", city = "Springfield",
  phone = "+12175550100",
  booking_link = "https://book.example.com/mystore",  -- where customers choose a time
  postal_address = "100 Example Road, Springfield, IL",
  hours = { open = "10:00", close = "17:00", closed = { "sunday" } },
  cadence = { send_at = "10:00" },
}
