return {
  sms = function(touch)
    return say.fill("Hi {first_name}, {items} from {visit_day}", touch)
  end,
}
