-- XML in which the customers stand in a list of their own; repair orders refer to them by a key.
local dates, money, phone, consent = require "dates", require "money", require "phone", require "consent"
local names, vin, vehicles, condition = require "names", require "vin", require "vehicles", require "condition"

-- A declined line, with what the comment under it says. An upsell without an answer is pending, not declined.
local function declined_item(detail)
  local item
  for _, labor in ipairs(detail:all "LaborDetails/Labor") do
    if labor:text "LineType" == "A" and labor:text "UpsellFlag" == "Y" and labor:text "ServiceApproved" == "N" then
      item = {
        op_code = labor:text "LaborOpCode", description = labor:text "Comments", price_cents = money.cents(labor:text "FlatPrice"),
      }
    elseif item and labor:text "LineType" == "C" then
      item.condition = condition.parse(labor:text "Comments")
      item.severity = condition.severity(labor:text "Comments")
    end
  end
  return item
end

return {
  feed = {
    format = "xml", path = "ClosedRepairOrders/ClosedRepairOrder",
    join = { customer = { path = "Customers/Customer", key = "CustomerNumber", with = "CustomerKey" } },
  },

  repair_order = function(rows, joined)
    local order, customer = rows[1], joined.customer
    if not customer then return quarantine "no customer has this CustomerKey" end
    -- A date of 0 is none, and the final close counts.
    local closed_on = dates.parse(order:text "FinalCloseDate", "YYYYMMDD") or dates.parse(order:text "CloseDate", "YYYYMMDD")
    if not closed_on then return quarantine "CloseDate is no day" end

    local declined = {}
    for _, detail in ipairs(order:all "ClosedRepairOrderDetail") do declined[#declined + 1] = declined_item(detail) end

    local name, first_name = names.first_last(customer:text "FirstName", customer:text "LastName")
    return {
      ro_number = order:text "RepairOrderNumber", closed_on = closed_on, mileage = vehicles.miles(order:text "OdometerIn"),
      customer = {
        name = name, first_name = first_name, phone = phone.first(customer:text "CellPhone", customer:text "PhoneNumber"),
        email = consent.email_address(customer:text "Email1"),
        text_ok = consent.opt_in(customer:text "AllowContactByPhone"), email_ok = consent.opt_in(customer:text "AllowContactByEmail"),
      },
      vehicle = {
        vin = vin.repair(order:text "VIN"), year = vehicles.year(order:text "ModelYear"),
        make = vehicles.make(order:text "Make"), model = order:text "Model",
      },
      declined = declined,
    }
  end,
}
