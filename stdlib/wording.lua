--- The standard wording: what a touch says when the rooftop's message.lua says nothing.
--- `wording.sms(touch)` and `wording.call(touch)` return a string, `wording.email(touch)` { subject =, text = }.
--- The condition comes before anything else about the work, and no text has a price.
local category_notes = require "category_notes"
local gsm = require "gsm"
local say = require "say"

local wording = {}

--- Two segments, less " Reply STOP to opt out.", which the host appends.
local sms_units_max = 306 - 23

local function present(text)
  if text ~= nil and text ~= "" then return text end
end

--- Returns "March 3" of "Tuesday, March 3".
local function short_day(visit_day)
  return visit_day:match ",%s*(.+)$" or visit_day
end

--- Whether some items are from another visit than the lead's, which is the one that the touch speaks of.
local function from_several_visits(touch)
  local items, visit_on = touch.items, touch.visit_on
  for i = 2, #items do
    if items[i].visit_on ~= visit_on then return true end
  end
  return false
end

local function has_condition(touch)
  local condition = touch.item.condition
  return condition and present(condition.words)
end

local season_openings = {
  winter = { sms = "winter is on its way", subject = "Getting your %s ready for winter" },
  summer = { sms = "summer trips are coming up", subject = "Getting your %s ready for summer trips" },
}

local function opening(season)
  return season_openings[season] or { sms = "a new season is coming up", subject = "Getting your %s ready for the season" }
end

--- Returns the pieces of a text message; `""` or nil for what the touch lacks.
local function sms_parts(touch)
  local first_name = present(touch.first_name)
  local link, phone = present(touch.booking_link), say.phone(touch.rooftop.phone)
  local category = touch.item.category
  return {
    hello = first_name and "Hi " .. first_name .. ", " or "Hello, ",
    rooftop = touch.rooftop.name,
    day = short_day(touch.visit_day),
    model = present(touch.vehicle.model),
    condition = has_condition(touch),
    item = touch.item.name,
    items = say.items(touch),
    several_visits = from_several_visits(touch),
    these = #touch.items > 1 and "these" or "this",
    book = link and "book: " .. link or phone and "call " .. phone or nil,
    season = touch.season,
    why = category_notes.why(category) .. " ",
    notice = "Noticed " .. category_notes.notice(category) .. "? ",
    season_note = (category_notes.season(category, touch.season) or category_notes.why(category)) .. " ",
  }
end

local sms = {}

function sms.reminder(p)
  local visit = p.model and "When your " .. p.model .. " was in on " .. p.day .. ", we " or "At your " .. p.day .. " visit we "
  local left = "left " .. p.these .. " for later: "
  if not p.several_visits then
    visit = visit .. (p.condition and "measured " .. p.condition .. " and " or "") .. left
  elseif p.condition then
    visit = visit .. "measured " .. p.condition .. ". Still open: "
  else
    visit = "After your " .. (p.model and p.model .. "'s " or "") .. p.day .. " visit, still open: "
  end
  return p.hello .. "it's " .. p.rooftop .. ". " .. visit .. p.items .. ". " .. p.why
    .. (p.book and "Questions, or want a time? Reply or " .. p.book or "Questions, or want a time? Just reply.")
end

function sms.condition(p)
  return p.hello .. "here is where your " .. (p.model or "vehicle") .. " stands, from " .. p.rooftop .. ". "
    .. (p.condition and "Measured " .. p.day .. ": " .. p.condition .. ". Still open: " or "Open since " .. p.day .. ": ")
    .. p.items .. ". " .. p.notice .. (p.book and "Reply with any question, or " .. p.book or "Reply with any question.")
end

function sms.final(p)
  return p.hello .. p.rooftop .. " here, closing the loop on your " .. (p.model and p.model .. "'s " or "") .. p.day .. " visit. "
    .. (p.condition and "We measured " .. p.condition .. ". " or "") .. "Still open: " .. p.items .. ". " .. p.why
    .. (p.book and "Already done? Just reply. When you are ready, " .. p.book or "Already done, or want a time? Just reply.")
end

function sms.season(p)
  return p.hello .. opening(p.season).sms .. ", so " .. p.rooftop .. " looked back at your "
    .. (p.model and p.model .. "'s " or "") .. p.day .. " visit. "
    .. (p.condition and "We measured " .. p.condition .. ". " or "") .. "Still open: " .. p.items .. ". " .. p.season_note
    .. (p.book and "Reply or " .. p.book or "Want a time? Just reply.")
end

--- What a text gives up, in this order, until it fits two segments.
local shortenings = {
  function(p) p.model = nil end,
  function(p) p.why, p.notice, p.season_note = "", "", "" end,
  function(p) if p.these == "these" then p.items = p.item .. ", and more" end end,
  function(p) p.hello = "Hello, " end,
  function(p) p.condition = nil end,
}

--- Cuts `text` after a whole word so that at most `units_max` ASCII or GSM-7 characters remain.
local function cut(text, units_max)
  local last = utf8.offset(text, units_max + 1)
  if not last or last > #text then return text end
  local short = text:sub(1, last - 1)
  return short:match "^(.+)%s%S*$" or short
end

--- Makes the touch's words plain where one character outside GSM-7 would more than halve a segment.
local function fold_parts(p, touch)
  local first_name, complete = gsm.fold(present(touch.first_name) or "")
  p.hello = complete and first_name ~= "" and "Hi " .. first_name .. ", " or "Hello, "
  for _, key in ipairs { "rooftop", "day", "model", "condition", "item", "items", "book" } do
    if p[key] then p[key] = present(gsm.fold(p[key])) end
  end
  p.rooftop, p.items = p.rooftop or touch.rooftop.name, p.items or touch.item.name
end

--- Returns the text message: it names the rooftop, the work and the visit day, has a way to respond, and with the
--- opt-out words takes at most two GSM-7 segments, giving up the model, the note and then more when it has to.
function wording.sms(touch)
  local p, write = sms_parts(touch), sms[touch.kind]
  local text = write(p)
  local units = gsm.units(text)
  if not units then
    fold_parts(p, touch)
    text = write(p)
    units = gsm.units(text) or 2 * #text
  end
  for _, shorten in ipairs(shortenings) do
    if units <= sms_units_max then return text end
    shorten(p)
    text = write(p)
    units = gsm.units(text) or 2 * #text
  end
  if units > sms_units_max then
    p.items = cut(p.item, math.max(24, utf8.len(p.item) - (units - sms_units_max)))
    text = write(p)
  end
  return text
end

--- Returns the items by name, one by one up to four, else the lead and a count.
local function named_items(touch)
  local items = touch.items
  if #items < 3 or #items > 4 then return say.items(touch) end
  local names = {}
  for i, item in ipairs(items) do names[i] = say.name(item, touch) end
  return table.concat(names, "; ")
end

local greeting = "[Hi {first_name},|Hello,]\n\n"
local measured = "[We measured {condition}.\n]"
local visit = "[{model}'s ]visit to {rooftop} on {visit_day}[, at {mileage} miles].\n"

--- Each kind's e-mail up to the open items; a season's opening goes before its text.
local emails = {
  reminder = {
    subject = "Your %s visit: %s",
    text = "[Thank you for bringing your {model} to {rooftop} on {visit_day}, at {mileage} miles."
      .. "|Thank you for bringing your {model} to {rooftop} on {visit_day}."
      .. "|Thank you for your visit to {rooftop} on {visit_day}.]\n" .. measured,
    open = "Left for later: ",
  },
  condition = {
    subject = "Where your %s stands: %s",
    text = "Here is where your [{model}|vehicle] stands since your visit to {rooftop} on {visit_day}[, at {mileage} miles].\n"
      .. measured,
  },
  final = {
    subject = "Closing the loop on your %s visit: %s",
    text = "We are closing the loop on your " .. visit .. measured,
  },
  season = { text = ", so we looked back at your " .. visit .. measured },
}

--- How every e-mail asks for an answer.
local respond = "\n\n[If you would like a time, choose one here: {booking_link}\n]"
  .. "[Questions are welcome: reply to this message, or call {phone}.|Questions are welcome: just reply to this message.]\n\n"
  .. "{rooftop}"

local function subject(touch)
  local kind, lead = touch.kind, touch.item.name
  local vehicle = present(touch.vehicle.model) or "vehicle"
  if kind == "season" then return opening(touch.season).subject:format(vehicle) .. ": " .. lead end
  return emails[kind].subject:format(kind == "condition" and vehicle or short_day(touch.visit_day), lead)
end

local function note(touch)
  local kind, category = touch.kind, touch.item.category
  if kind == "condition" then return "Noticed " .. category_notes.notice(category) .. "? Tell us, and we will take a look." end
  if kind == "season" then return category_notes.season(category, touch.season) or category_notes.why(category) end
  local why = category_notes.why(category)
  return kind == "final" and why .. " If it is already done, reply and we will note it." or why
end

--- Returns the e-mail as { subject =, text = }: four to eight lines of plain text with "\n" ends. The host adds the
--- postal address and the way to unsubscribe.
function wording.email(touch)
  local season = touch.kind == "season" and opening(touch.season).sms:gsub("^%l", string.upper) or ""
  local email = emails[touch.kind]
  local open = email.open and not from_several_visits(touch) and email.open or "Still open: "
  return {
    subject = subject(touch),
    text = say.fill(greeting, touch) .. season .. say.fill(email.text, touch) .. open .. named_items(touch) .. ".\n"
      .. note(touch) .. say.fill(respond, touch),
  }
end

local calls = {
  reminder = {
    goal = "a friendly check-in: answer questions, and offer a time only if they ask for one",
    avoid = "do not press for a date or quote a price first; they left a few days ago",
  },
  condition = {
    goal = "tell them where the vehicle stands; this is not a sales call",
    avoid = "do not sell, and do not quote a price before the condition",
  },
  final = {
    goal = "close the loop: find out if it is done, wanted or not wanted, and offer a time",
    avoid = "do not argue with a no; thank them, and do not quote a price first",
  },
  season = {
    goal = "help them get ready: say why this season matters for it, and offer a time",
    avoid = "do not alarm them about the weather or quote a price first",
  },
}

--- Returns the talking points of a call, a line each: whom, why, what to ask, what not to say.
function wording.call(touch)
  local call, category = calls[touch.kind], touch.item.category
  local about = touch.kind == "season" and category_notes.season(category, touch.season) or category_notes.why(category)
  return say.fill("Call [{first_name}|the customer] for {rooftop} about the {vehicle}, in on {visit_day}[ at {mileage} miles].\n"
    .. "Why: [we measured {condition}; ]still open: ", touch)
    .. named_items(touch) .. ". " .. about .. "\nGoal: " .. call.goal .. ".\n"
    .. "Ask: \"Have you noticed " .. category_notes.notice(category) .. "? What questions do you have?\"\n"
    .. say.fill("Book: [{booking_link} or {phone}|{booking_link}|{phone}|a time that suits them]\n", touch)
    .. "Avoid: " .. call.avoid .. "."
end

return wording
