-- Which channel a touch goes by. Nil means "no opinion": what the customer prefers, then text, e-mail, call.
-- A channel without consent is never used, whatever this says.
return {
  choose = function(touch)
    local last = touch.previous[#touch.previous]
    -- A text that did not arrive: try e-mail.
    if last and last.channel == "sms" and last.status == "undelivered" then return "email" end
  end,
}
