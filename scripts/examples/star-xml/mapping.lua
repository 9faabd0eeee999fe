-- XML in the manner of STAR: prefixes are left off, and an element is read by its path.
local dates, money, phone, consent = require "dates", require "money", require "phone", require "consent"
local names, vin, vehicles, condition = require "names", require "vin", require "vehicles", require "condition"

local zone = "America/Chicago"

-- The texts of a list of elements, by their kinds: { Home = "1-715-…", Cell = … }.
local function by_kind(elements, kind, value)
  local found = {}
  for _, element in ipairs(elements) do found[element:text(kind)] = element:text(value) end
  return found
end

local function declined_item(job)
  local notes = job:text "CodesAndCommentsExpanded/TechnicianNotes"
  return {
    op_code = job:text "OperationID", description = job:text "OperationName", price_cents = money.cents(job:text "Price/ChargeAmount"),
    condition = (condition.parse(notes)), severity = condition.severity(notes),
  }
end

return {
  feed = { format = "xml", path = "RepairOrder" },

  repair_order = function(rows)
    local order = rows[1]
    local header, person = order:first "RepairOrderHeader", order:first "RepairOrderHeader/OwnerParty/SpecifiedPerson"
    -- The time has an offset: an evening close there may be another day here.
    local closed_on = dates.parse(header:text "RepairOrderCompletedDate", "iso", zone)
    if not closed_on then return quarantine "RepairOrderCompletedDate is no time" end

    local declined = {}
    for _, job in ipairs(order:all "Job") do
      if job:text "JobStatusCode" == "Declined" then declined[#declined + 1] = declined_item(job) end
    end

    local name, first_name = names.first_last(person:text "GivenName", person:text "FamilyName")
    local phones = by_kind(person:all "TelephoneCommunication", "ChannelCode", "CompleteNumber")
    local keep_off = by_kind(person:all "Privacy", "PrivacyType", "PrivacyIndicator")
    local vehicle = header:first "RepairOrderVehicleLineItem/Vehicle"
    return {
      ro_number = header:text "DocumentIdentificationGroup/DocumentIdentification/DocumentID", closed_on = closed_on,
      mileage = vehicles.miles(header:text "InDistanceMeasure", header:text "InDistanceMeasure/@unitCode"),
      customer = {
        name = name, first_name = first_name, phone = phone.first(phones.Cell, phones.Home, phones.Work),
        email = consent.email_address(person:text "URICommunication/URIID"),
        text_ok = consent.opt_out(keep_off.Text), email_ok = consent.opt_out(keep_off.Email),
      },
      vehicle = {
        vin = vin.repair(vehicle:text "VehicleID"), year = vehicles.year(vehicle:text "ModelYear"),
        make = vehicle:text "MakeString", model = vehicle:text "Model",
      },
      declined = declined,
    }
  end,
}
