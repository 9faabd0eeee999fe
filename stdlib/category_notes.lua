--- What is worth saying about each category of work: `why` (a fact, no pressure), `notice` (what a driver might feel or
--- hear, after "Noticed") and the seasons' notes. Short, in GSM-7 characters, true of every make.
local category_notes = {}

local seasons = {
  brakes = { winter = "Slick roads ask more of brakes.", summer = "Hills and a full car ask more of brakes." },
  tires = { winter = "Tread matters most in snow and slush.", summer = "Hot highways are hard on worn tires." },
  handling = { winter = "Icy roads ask more of steering and struts.", summer = "A loaded car leans on its suspension." },
  cooling = { winter = "Good coolant guards against freezing.", summer = "Hot traffic is when cooling counts." },
  climate = { winter = "Dry air clears a foggy windshield.", summer = "Hot traffic is when cool air counts." },
  electrical = { winter = "Cold is hardest on an older battery.", summer = "Heat shortens a battery's life." },
  visibility = { winter = "Short days make clear glass and lights count.", summer = "Storms make clear glass and lights count." },
  drivetrain = { winter = "Cold starts ask more of worn parts.", summer = "Long trips ask more of worn parts." },
}

local notes = {
  cabin_filter = { "A fresh filter cleans the cabin air.", "weak airflow or a musty smell" },
  engine_air_filter = { "A clean one lets the engine breathe.", "slower pickup" },
  wipers = { "New blades show their worth in rain.", "streaks or chatter", "visibility" },
  battery = { "A quick test shows how it is holding up.", "slow starts", "electrical" },
  brake_fluid = { "Fresh fluid keeps the pedal firm.", "a softer pedal", "brakes" },
  bulbs = { "Working lights help others see you.", "a dimmer view at night", "visibility" },
  power_steering_flush = { "Fresh fluid keeps the steering light.", "a whine in turns", "handling" },
  brakes_front = { "Pads wear a little with every stop.", "squealing or a pull", "brakes" },
  brakes_rear = { "Pads wear a little with every stop.", "squealing or grinding", "brakes" },
  brakes = { "Brakes wear a little with every stop.", "squealing or a longer stop", "brakes" },
  tires_all = { "Tread is what grips a wet road.", "less grip in rain", "tires" },
  tires_rear = { "Rear tread keeps a car steady in rain.", "a loose feel in rain", "tires" },
  tires_front = { "Front tread does the steering in rain.", "less grip in turns", "tires" },
  tires = { "Tread is what grips a wet road.", "less grip in rain", "tires" },
  alignment = { "Straight wheels help tires last.", "a pull to one side", "handling" },
  serpentine_belt = { "The drive belt turns the alternator.", "a squeal at startup" },
  coolant_flush = { "Coolant protects less as it ages.", "a higher temperature gauge", "cooling" },
  spark_plugs = { "Fresh plugs keep the engine smooth.", "a rough idle" },
  air_conditioning = { "Good A/C also clears a foggy windshield.", "warmer air from the vents", "climate" },
  exhaust = { "A sound exhaust is quiet and clean.", "a louder engine" },
  wheel_bearing = { "Bearings wear with the miles.", "a hum that grows with speed" },
  hoses = { "Rubber hoses harden with heat and age.", "drips or a sweet smell" },
  transmission = { "Fresh fluid helps gears shift smoothly.", "late or rough shifts" },
  suspension = { "Good struts keep tires planted on bumps.", "extra bounce or clunks", "handling" },
  steering = { "Tight steering goes where you point it.", "play in the wheel", "handling" },
  engine_oil_leak = { "A small leak is worth keeping an eye on.", "spots where you park" },
  engine = { "We can walk you through what we found.", "a new noise or a warning light" },
  timing_belt = { "Timing belts go by miles and age.", "anything new from the engine" },
  water_pump = { "The pump keeps the engine cool.", "a higher temperature gauge" },
  head_gasket = { "The gasket keeps coolant and oil apart.", "white smoke or low coolant" },
  fuel_system = { "Clean injectors help an engine idle well.", "hesitation or hard starts" },
  other = { "We can walk you through what we found.", "anything new since" },
}

--- Returns the fact about a category; an unknown category reads as "other".
function category_notes.why(category) return (notes[category] or notes.other)[1] end

--- Returns what a driver might notice: "squealing or grinding".
function category_notes.notice(category) return (notes[category] or notes.other)[2] end

--- Returns the note for "winter" or "summer".
function category_notes.season(category, season)
  local family = (notes[category] or notes.other)[3] or "drivetrain"
  return seasons[family][season]
end

return category_notes
