-- An example to copy from: files pasted together from two systems, with bad rows, repeated headers and a trailer.
return { id = "dirty-csv", name = "Example Motors", zone = "America/Chicago", state = "IL", phone = "+13125550100",
  booking_link = "https://book.example.com/example" }
