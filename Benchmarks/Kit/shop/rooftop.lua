return { name = "Bench Motors", zone = "America/Chicago", phone = "+13125550100", booking_link = "https://book.example.com/bench" }
