-- No rooftop of anybody's: a place to run the tests of the standard library, in the sandbox that scripts run in.
return { id = "stdlib", name = "Standard Library", zone = "America/Chicago", booking_link = "https://book.example.com/stdlib" }
