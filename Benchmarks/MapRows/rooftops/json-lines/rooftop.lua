return { id = "bench", name = "Benchmark", zone = "America/New_York", state = "OH", phone = "+19375550100" }
