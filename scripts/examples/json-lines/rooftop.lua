-- An example to copy from: an export in JSON lines, one repair order a line.
return { id = "json-lines", name = "Example Motors", zone = "America/Chicago", state = "IL", phone = "+13125550100",
  booking_link = "https://book.example.com/example" }
