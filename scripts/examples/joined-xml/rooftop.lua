-- An example to copy from: XML in which customers stand in a list of their own.
return { id = "joined-xml", name = "Example Motors", zone = "America/Chicago", state = "IL", phone = "+13125550100",
  booking_link = "https://book.example.com/example" }
