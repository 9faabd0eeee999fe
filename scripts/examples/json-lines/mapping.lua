-- One repair order a line, as JSON. What a record lacks is nil, and so is null.
local dates, money, phone, consent = require "dates", require "money", require "phone", require "consent"
local names, vin, vehicles, condition = require "names", require "vin", require "vehicles", require "condition"

-- A job says that it was declined, or the operation in it does; null is "no answer yet".
local function is_declined(job, operation)
  return job.status == "DECLINED" or operation.approvalStatus == "CUSTOMER_DECLINED"
end

local function measured(job)
  local found = job.measurements and job.measurements[1]
  return found and condition.of(found.name, found.value, found.uom)
end

local function add_declined(declined, job)
  for _, operation in ipairs(job.operations or {}) do
    if is_declined(job, operation) then
      declined[#declined + 1] = {
        op_code = operation.opcode, description = operation.opcodeDescription, price_cents = money.cents(operation.estimatedAmount),
        severity = condition.rating(job.mpviSeverity), condition = measured(job),
      }
    end
  end
end

return {
  feed = { format = "jsonl" },

  repair_order = function(rows)
    local order = rows[1]
    if order.status ~= "CLOSED" then return skip "not closed" end
    -- An evening close is the next day in UTC.
    local closed_on = dates.parse(order.closedTime, "epoch ms", "America/Chicago")
    if not closed_on then return quarantine "closedTime is no time" end

    local declined = {}
    for _, job in ipairs(order.jobs or {}) do add_declined(declined, job) end

    local customer, vehicle = order.customer, order.vehicle
    local name, first_name = names.first_last(customer.firstName, customer.lastName, customer.companyName)
    local may = customer.communicationPreferences or {}
    local driven = vehicle.mileageOut or {}
    return {
      ro_number = order.repairOrderNumber, closed_on = closed_on, mileage = vehicles.miles(driven.value, driven.unit),
      customer = {
        name = name, first_name = first_name, phone = phone.from(customer.phones, "phoneType", "number"),
        email = consent.email_address(customer.email), preferred_channel = consent.channel(customer.preferredContactMethod),
        text_ok = may.text and may.text.serviceUpdates, email_ok = may.email and may.email.serviceUpdates,
      },
      vehicle = { vin = vin.repair(vehicle.vin), year = vehicles.year(vehicle.year), make = vehicles.make(vehicle.make), model = vehicle.model },
      declined = declined,
    }
  end,
}
