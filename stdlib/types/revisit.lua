---@meta
-- Types for editors, made from the hook catalogue by `revisit generate`; don't change it by hand.

---One planned contact, with all that its words may rest on.
---@class Touch
---@field kind "reminder"|"condition"|"final"|"season" # Which touch of the cadence: day 3, 10, 30 or 60.
---@field day integer # Days after the visit: 3, 10, 30 or 60.
---@field channel "sms"|"email"|"call" # The channel that the words are for; in channel.lua the one that the host would take.
---@field allowed? ("sms"|"email"|"call")[] # In channel.lua the channels that may be chosen.
---@field now string # When the touch goes, in the rooftop's zone: "2026-03-06 10:00".
---@field late boolean # The touch goes later than planned, as after an outage.
---@field visit_on string # The day of the visit: "2026-03-03".
---@field visit_day string # The day of the visit in words: "Tuesday, March 3".
---@field season? "winter"|"summer" # The coming season, on day 60.
---@field first_name? string # Whom to greet: "Maria". A business has none.
---@field booking_link string # Where this customer chooses a time.
---@field item Item # The most important declined item.
---@field items Item[] # All declined items that are still open, the most important first.
---@field customer Customer # Who was in.
---@field vehicle Vehicle # What they drive.
---@field repair_order RepairOrder # The visit's document.
---@field rooftop Rooftop # Who writes.
---@field previous Previous[] # Earlier touches of this follow-up that were sent, oldest first.
---@field first_on_channel boolean # Nothing was sent on this channel before.

---Declined work.
---@class Item
---@field op_code? string # As the DMS writes it: "BRKR".
---@field description string # The DMS's words: "REAR BRAKE PADS AND ROTORS".
---@field name string # Plain words for a customer: "rear brake pads and rotors".
---@field category string # The catalogue's code: "brakes_rear", or "other".
---@field tier "low"|"mid"|"high" # How much is at stake; "high" is followed up on day 60.
---@field safety boolean # It bears on safety.
---@field price_cents? integer # The estimate in cents: 41250.
---@field severity? "red"|"yellow" # How urgent the technician called it.
---@field condition? Condition # What the technician measured.
---@field visit_on string # The day of the visit that it was declined on.

---A measurement that the technician took.
---@class Condition
---@field measure "brake_pad_front"|"brake_pad_rear"|"tire_tread_front"|"tire_tread_rear"|"battery_cca" # What was measured.
---@field value number # How much: 3.
---@field unit "mm"|"32nds"|"cca" # What the value counts.
---@field words string # As a customer reads it: "rear brake pads at 3 mm".

---Who was in. Addresses are not told to scripts.
---@class Customer
---@field name? string # "Maria Lopez", or a company's name.
---@field first_name? string # "Maria".
---@field business boolean # The name is a company's.
---@field preferred_channel? "text"|"email"|"call" # What they asked for.
---@field text_ok? boolean # Consent to texts; nil when never asked, which is no yes.
---@field email_ok? boolean # Consent to e-mail; nil when never asked.

---What they drive.
---@class Vehicle
---@field year? integer # 2016.
---@field make? string # "Ford".
---@field model? string # "Explorer".
---@field name string # "2016 Ford Explorer", or "vehicle" when nothing is known.

---The visit's document.
---@class RepairOrder
---@field ro_number string # "1042".
---@field closed_on string # "2026-03-03".
---@field mileage? integer # Miles on that day: 48210.

---Who writes, as rooftop.lua says.
---@class Rooftop
---@field name string # "Hillside Auto".
---@field phone? string # "+19375550100"; `say.phone` writes it as people do.
---@field zone string # "America/New_York".
---@field booking_link string # The rooftop's page for bookings; `touch.booking_link` is this customer's.
---@field city? string # "Dayton".
---@field postal_address? string # "100 Example Road, Dayton, OH".

---An earlier touch that was sent.
---@class Previous
---@field kind "reminder"|"condition"|"final"|"season" # Which touch of the cadence.
---@field channel "sms"|"email"|"call" # How it was sent.
---@field status "accepted"|"delivered"|"undelivered"|"failed"|"uncertain" # What the carrier said last.
---@field sent_on string # "2026-03-06".

---An e-mail. The host adds the postal address and the way to unsubscribe.
---@class Email
---@field subject string # One line.
---@field text string # Plain text, "\n" between lines.

---What mapping.lua makes of the rows of one repair order.
---@class MappedOrder
---@field ro_number string # Leading zeros are kept.
---@field revision? integer # A higher one wins, whatever the order.
---@field status? "closed"|"void" # "closed" when left out.
---@field closed_on string # "YYYY-MM-DD", in the rooftop's zone.
---@field mileage? integer # Miles.
---@field customer MappedCustomer # Who was in.
---@field vehicle MappedVehicle # What they drive.
---@field declined? MappedItem[] # Work that was recommended and refused.
---@field performed? (string|PerformedWork)[] # Work that was done: op codes, or tables.
---@field done_elsewhere? string[] # Op codes of work that another shop did.

---The customer of a mapped repair order.
---@class MappedCustomer
---@field name? string # "Maria Lopez", or a company's name.
---@field first_name? string # Nil for a business.
---@field phone? string # "+13125550142"; `phone.us` makes it.
---@field email? string # Lower case; `consent.email_address` makes it.
---@field text_ok? boolean # True is a yes that the customer gave, false a no, nil neither.
---@field email_ok? boolean # As text_ok.
---@field preferred_channel? "text"|"email"|"call" # What they asked for.
---@field customer_number? string # The DMS's key; it tells people of one name or phone apart.

---The vehicle of a mapped repair order.
---@class MappedVehicle
---@field vin? string # 17 letters and digits; `vin.repair` mends it.
---@field year? integer # 2016.
---@field make? string # "Ford".
---@field model? string # "Explorer".

---One item that was declined.
---@class MappedItem
---@field op_code? string # As the DMS writes it.
---@field description string # The DMS's words.
---@field price_cents? integer # The estimate; nil when there is none, which is not 0.
---@field severity? "red"|"yellow" # How urgent the technician called it.
---@field condition? MappedCondition # What was measured; `condition.parse` reads it from notes.

---A measurement.
---@class MappedCondition
---@field measure "brake_pad_front"|"brake_pad_rear"|"tire_tread_front"|"tire_tread_rear"|"battery_cca" # What was measured.
---@field value number # How much.
---@field unit "mm"|"32nds"|"cca" # What the value counts.

---Work that was done on the visit.
---@class PerformedWork
---@field op_code string # As the DMS writes it.
---@field description? string # The DMS's words.
---@field price_cents? integer # What was charged.

---What rooftop.lua returns.
---@class RooftopFile
---@field name string # What customers know you as; every message carries it.
---@field zone string # The time zone, by its name in the tz database: "America/Chicago".
---@field booking_link string # Where customers choose a time.
---@field id? string # Key of the rooftop in the ledger, never to be changed; the folder's name when left out.
---@field group? string # The group whose report adds this rooftop up.
---@field city? string # Shown in messages.
---@field postal_address? string # E-mail must carry it.
---@field state? string # Two letters; its rules for hours of contact hold too.
---@field phone? string # "+19205550100"; one that books.
---@field hours? Hours # When messages may go.
---@field cadence? Cadence # When touches go.
---@field categories? Category[] # Work that only you sell.

---When messages may go. A rooftop can only narrow the law's windows.
---@class Hours
---@field open? string # Local time, "10:00" when left out.
---@field close? string # Local time, "17:00" when left out.
---@field closed? string[] # Weekdays in English; a touch of a closed day moves to the next open one.
---@field closed_on? string[] # Single days, as holidays: "2026-12-25".

---When touches go.
---@class Cadence
---@field send_at? string # Local time, "10:00" when left out.

---Work that only this rooftop sells.
---@class Category
---@field code string # "wiper_rear".
---@field name string # Plain words for a customer: "rear wiper".
---@field tier? "low"|"mid"|"high" # By the price when left out.
---@field safety? boolean # It bears on safety.
---@field seasons? ("winter"|"summer")[] # The seasons in which it is worth a word on day 60.
---@field op_codes? string[] # Op codes that mean this work.
---@field words? string[] # Words of a description that mean this work.

---One raw row of an export: a cell by the name of its column, or by its place.
---@class Row
---@field [string|integer] string

---@class MappingFile
---@field repair_order? fun(rows: Row[]): MappedOrder? # Makes one repair order of its raw rows, or gives `skip "reason"` or `quarantine "reason"`.

---@class ChannelFile
---@field choose? fun(touch: Touch): "sms"|"email"|"call"? # Chooses the channel of a touch among `touch.allowed`. Nil leaves it to the customer's preference; `skip "reason"` sends nothing.

---@class MessageFile
---@field sms? fun(touch: Touch): string? # Writes the text message. Nil takes the standard wording; `skip "reason"` sends nothing.
---@field email? fun(touch: Touch): Email? # Writes the e-mail. Nil takes the standard wording; `skip "reason"` sends nothing.
---@field call? fun(touch: Touch): string? # Writes the talking points of a call, a line each. Nil takes the standard wording; `skip "reason"` makes no call task.

---Leaves a touch or a repair order out, with a reason: `return skip "fleet"`.
---@param reason string
function skip(reason) end

---Puts a repair order's rows aside, with a reason, to be looked at.
---@param reason string
function quarantine(reason) end
