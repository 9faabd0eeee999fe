-- An example to copy from: XML in the manner of STAR, with a prefix on every element.
return { id = "star-xml", name = "Example Motors", zone = "America/Chicago", state = "IL", phone = "+13125550100",
  booking_link = "https://book.example.com/example" }
