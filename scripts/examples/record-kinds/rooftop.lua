-- An example to copy from: four kinds of record in one file, and declined work that stands only in comments.
return { id = "record-kinds", name = "Example Motors", zone = "America/Chicago", state = "IL", phone = "+13125550100",
  booking_link = "https://book.example.com/example" }
