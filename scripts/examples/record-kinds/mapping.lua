-- Four kinds of record: H begins a repair order, L is a job, C part of a comment wrapped at 40 characters, T the total.
local dates, phone, consent, names = require "dates", require "phone", require "consent", require "names"
local vin, vehicles, comments = require "vin", require "vehicles", require "comments"

return {
  feed = {
    format = "csv", group_by = "RO",
    records = {
      { name = "H", columns = { "TYPE", "RO", "CLOSED", "LAST", "FIRST", "PHONE", "EMAIL", "VIN", "YEAR", "MAKE", "MODEL", "MILES" } },
      { name = "L", columns = { "TYPE", "RO", "LINE", "OP", "DESC", "AMOUNT" } },
      { name = "C", columns = { "TYPE", "RO", "LINE", "PART", "TEXT" } },
      { name = "T", columns = { "TYPE", "RO", "TOTAL" } },
    },
  },

  repair_order = function(rows)
    local head, parts = nil, {}
    for _, row in ipairs(rows) do
      if row.record == "H" then head = row end
      if row.record == "C" then parts[#parts + 1] = row end
    end
    if not head then return quarantine "no H record has this number" end
    local closed_on = dates.parse(head.CLOSED, "MMDDYYYY")
    if not closed_on then return quarantine "CLOSED is no day" end

    local declined = {}
    for _, comment in ipairs(comments.numbered(parts, "PART", "TEXT")) do
      declined[#declined + 1] = comments.declined(comment)
    end

    local name, first_name = names.first_last(head.FIRST, head.LAST)
    return {
      ro_number = head.RO, closed_on = closed_on, mileage = vehicles.miles(head.MILES),
      customer = { name = name, first_name = first_name, phone = phone.us(head.PHONE), email = consent.email_address(head.EMAIL) },
      vehicle = { vin = vin.repair(head.VIN), year = vehicles.year(head.YEAR), make = vehicles.make(head.MAKE), model = head.MODEL },
      declined = declined,
    }
  end,
}
