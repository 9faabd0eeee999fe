-- comments: what advisors and technicians type. Joins wrapped lines, and finds declined work and its price in the words.
local condition = require "condition"
local money = require "money"

local find, gsub, match, sub, upper = string.find, string.gsub, string.match, string.sub, string.upper

local comments = {}

-- Longer than any comment: what follows is not looked at.
local most_bytes = 4000

local function trimmed(text)
  local from = find(text, "%S")
  return from and match(text, "^.*%S", from) or ""
end

--- The parts of one comment as one text: comments.join { "DECLINED AT", "THIS TIME" } == "DECLINED AT THIS TIME".
function comments.join(parts)
  local kept = {}
  for _, part in ipairs(parts) do
    local text = trimmed(part)
    if text ~= "" then kept[#kept + 1] = text end
  end
  return table.concat(kept, " ")
end

--- The comments of rows that number their parts 1, 2, 3; a new one begins where the count does. The fields are names or places:
--- comments.numbered(rows, "part", "text").
function comments.numbered(rows, part, text)
  local found, parts, last = {}, {}, nil
  for _, row in ipairs(rows) do
    local number = tonumber(row[part])
    if #parts > 0 and not (number and last and number == last + 1) then
      found[#found + 1], parts = comments.join(parts), {}
    end
    parts[#parts + 1], last = row[text], number
  end
  if #parts > 0 then found[#found + 1] = comments.join(parts) end
  return found
end

--- The comments of lines that were wrapped between words: a line goes on in the next where that one's first word had no room.
--- comments.unwrap({ "RECOMMEND WIPERS EST 47.74 - DECLINED AT", "THIS TIME" }, 40). With "cut" lines were cut at the width,
--- in mid-word, and every full line goes on.
function comments.unwrap(lines, width, how)
  if how ~= nil and how ~= "cut" then error("comments.unwrap knows no '" .. tostring(how) .. "', only 'cut'", 2) end
  local found, open = {}, false
  local last = ""
  for _, line in ipairs(lines) do
    local goes_on
    if how == "cut" then
      goes_on = open and #last >= width
    else
      line = trimmed(line)
      goes_on = open and line ~= "" and last ~= "" and #last <= width and #last + 1 + #match(line, "^%S+") > width
    end
    if goes_on then
      found[#found] = found[#found] .. (how == "cut" and "" or " ") .. line
    else
      found[#found + 1] = line
    end
    open, last = true, line
  end
  local kept = {}
  for _, text in ipairs(found) do
    text = trimmed(text)
    if text ~= "" then kept[#kept + 1] = text end
  end
  return kept
end

-- An odometer, "@ 44,242 MI": where it stands. Its number is no price.
local function odometer(capitals)
  local from = 1
  while true do
    local at, to = find(capitals, "@ ?[%d,]+", from)
    if not at then return nil end
    local unit, after = find(capitals, "^ ?MILES%f[^%a]", to + 1)
    if not unit then unit, after = find(capitals, "^ ?[MK][IM]L?E?S?%f[^%a]", to + 1) end
    if unit then return at, after end
    if not find(capitals, "^%.%d", to + 1) and match(capitals, "^@ ?(%d+,?%d%d%d)$", at) then return at, to end
    from = to + 1
  end
end

-- The amount that begins at a place: its cents and its last byte. A range ("200-300") is no price: nil and its last byte.
local function amount_at(capitals, at)
  local from, to = find(capitals, "^%$? ?%d[%d,]*%.?%d*", at)
  if not from then return nil end
  local _, range = find(capitals, "^ ?%- ?%$?%d[%d,]*", to + 1)
  if range then return nil, range end
  local text = sub(capitals, from, to)
  local clean = match(text, "^(.-)[.,]*$")
  local cents = money.cents(clean)
  return cents, from + #clean - 1
end

local price_words = { "EST%.?:? ?%f[%d$]", "ESTIMATED? ?:? ?%f[%d$]", "QUOTED? ?:? ?%f[%d$]", "PRICE ?:? ?%f[%d$]", "TOTAL ?:? ?%f[%d$]" }

-- The price in capitals: cents, where its words begin, where it ends.
local function priced(capitals)
  for _, words in ipairs(price_words) do
    local from, to = find(capitals, "%f[%a]" .. words)
    if from then
      local cents, last = amount_at(capitals, to + 1)
      if cents then return cents, from, last end
    end
  end
  local at = find(capitals, "$", 1, true)
  while at do
    local cents, last = amount_at(capitals, at)
    if cents then return cents, at, last end
    at = find(capitals, "$", (last or at) + 1, true)
  end
  -- A last number with cents, as in "NEXT VISIT 222.45".
  local from, number = match(sub(capitals, -16), "()%f[^%s](%d[%d,]*%.%d%d)%.?$")
  if number then
    local cents = money.cents(number)
    local start = #capitals - #sub(capitals, -16) + from
    if cents then return cents, start, start + #number - 1 end
  end
  return nil
end

local function without(text, from, to)
  local front = sub(text, 1, from - 1)
  return match(front, "^.*%S") or "", sub(text, to + 1)
end

local function without_odometer(text)
  local from, to = odometer(upper(text))
  if not from then return text end
  local front, back = without(text, from, to)
  return front .. back
end

--- The price in a text, in cents: comments.price("WIPERS @ 44,242 MI $47.74") == 4774. After EST, QUOTE, PRICE or TOTAL, with a
--- dollar sign, or as the last word with two decimals; nil for none. An odometer is no price.
function comments.price(text)
  if not text then return nil end
  local cents = priced(upper(trimmed(without_odometer(sub(text, 1, most_bytes)))))
  return cents
end

-- What customers decline that is no work on the car.
local false_friends = {
  "LOANER", "RENTAL", "SHUTTLE", "RIDE", "LIFT HOME", "UBER", "LYFT", "COURTESY", "CAR WASH", "WASH", "VACUUM", "COFFEE", "SURVEY",
  "APPOINTMENT", "APPT", "CALL", "CALLBACK", "CONTACT", "TEXT", "TEXTS", "EMAIL", "EMAILS", "REMINDER", "REMINDERS", "WALK AROUND",
  "WALKAROUND", "TOUR", "TEST DRIVE", "PICKUP", "PICK UP", "DROP OFF", "DELIVERY", "VALET", "RECEIPT", "OLD PARTS", "PARTS BACK",
  "SIGNATURE", "ESTIMATE", "WARRANTY", "EXTENDED WARRANTY", "SERVICE CONTRACT", "PROTECTION PLAN", "WAITING", "WAIT", "VIDEO",
  "ALL", "ANY", "ANYTHING", "EVERYTHING", "SERVICES", "WORK", "REPAIRS", "RECOMMENDATIONS", "RECOMMENDED", "OFFER", "AT THIS TIME",
  "TODAY", "THIS VISIT", "FOR NOW", "BY", "AND", "BUT", "UNTIL", "DUE", "BECAUSE", "TO",
}

local articles = { "A ", "AN ", "THE ", "OUR ", "FREE ", "COMPLIMENTARY ", "HAVING ", "TO HAVE ", "TO REPLACE ", "TO REPAIR ", "TO FIX ",
  "TO DO ", "TO PERFORM " }

-- What stands before or after the work and isn't its name.
local openings = { "- ", ": ", "RECOMMENDED ", "RECOMMENDS ", "RECOMMEND ", "REC ", "NEEDS ", "ADVISED ", "SUGGESTED ", "SUGGEST ",
  "CUSTOMER ", "CUST ", "DS - " }
local endings = { " AT THIS TIME", " TODAY", " THIS VISIT", " FOR NOW", " NEXT VISIT", " BY CUSTOMER", " BY CUST", " DONE", " PERFORMED",
  " WAS", " IS", " -", " AT", " FOR", ":", "-", ",", "." }

local function strip_openings(text, list)
  local again = true
  while again do
    again = false
    for _, words in ipairs(list) do
      if upper(sub(text, 1, #words)) == words then text, again = trimmed(sub(text, #words + 1)), true end
    end
  end
  return text
end

local function strip_endings(text)
  local again = true
  while again do
    again = false
    for _, words in ipairs(endings) do
      if #text >= #words and upper(sub(text, -#words)) == words then text, again = trimmed(sub(text, 1, -#words - 1)), true end
    end
  end
  return text
end

local function is_false_friend(text)
  local capitals = upper(text)
  for _, words in ipairs(false_friends) do
    if sub(capitals, 1, #words) == words and not find(capitals, "^[%a%d]", #words + 1) then return true end
  end
  return false
end

local function without_marks(text)
  for _, colour in ipairs { "RED", "YELLOW" } do text = gsub(text, "%s?%*?[%[<(*] ?" .. colour .. " ?[%]>)*]%*?", "") end
  return (gsub(gsub(text, "%s?%[R%]", ""), "%s?%[Y%]", ""))
end

-- The declined work that a phrase names; nil for a false friend and for none.
local function item(phrase)
  local severity = condition.severity(phrase)
  if severity then phrase = without_marks(phrase) end
  local text = trimmed(without_odometer(phrase))
  local cents, from, to = priced(upper(text))
  if cents then
    local front, back = without(text, from, to)
    text = front .. back
  end
  text = strip_openings(trimmed(text), openings)
  -- What follows a comma is another thought; a comma between digits parts thousands.
  text = match(text, "^(.-), ") or text
  text = strip_openings(text, articles)
  if is_false_friend(text) then return nil end
  local measured
  measured, text = condition.parse(strip_endings(text))
  text = strip_endings(trimmed(text))
  if not find(text, "%a") or is_false_friend(text) then return nil end
  return { description = text, price_cents = cents, condition = measured, severity = severity }
end

-- Words before DECLINED that turn it round: what was declined at an earlier visit, or not at all.
local function is_denied(before)
  return find(before, "PREVIOUSLY $") or find(before, "PREV $") or find(before, "%f[%a]NOT $") or find(before, "%f[%a]NOTHING $")
    or find(before, "%f[%a]NONE $") or find(before, "%f[%a]NO $") or find(before, "LAST VISIT $")
end

-- The declined work of one sentence.
local function of_sentence(text)
  local capitals = upper(text)
  if find(capitals, "^DS ?%- ?%S") then return item(match(text, "^.. ?%- ?(.*)$")) end
  local from, to = find(capitals, "%f[%a]DECL%a*%.?")
  if from then
    local word = match(sub(capitals, from, to), "^%a+")
    if word ~= "DECL" and word ~= "DECLINED" and word ~= "DECLINES" and word ~= "DECLINE" then return nil end
    local before, after = sub(text, 1, from - 1), sub(text, to + 1)
    if is_denied(sub(capitals, 1, from - 1)) then return nil end
    local who = match(upper(before), "^%s*(.-)[%s:.-]*$")
    if who == "" or who == "CUSTOMER" or who == "CUST" or who == "GUEST" or who == "CLIENT" or who == "OWNER" or who == "C/S"
      or who == "CUSTOMER HAS" or who == "CUST HAS" then
      return item(trimmed(gsub(after, "^[%s:-]+", "")))
    end
    return item(before)
  end
  local needed = find(capitals, "%f[%a]NEEDS ")
  if needed and find(capitals, "NEXT VISIT", needed, true) then
    local rest = sub(text, needed + #"NEEDS ")
    local at, last = find(upper(rest), " NEXT VISIT", 1, true)
    return item(sub(rest, 1, at - 1) .. sub(rest, last + 1))
  end
  return nil
end

local abbreviations = { "EST", "CUST", "DECL", "APPROX", "INCL", "REC", "RECOMM", "NO", "FRT", "RR", "BATT", "TRANS", "SVC", "SERV" }

-- The sentences: parts at ";", at a line's end, and at a full stop before a space unless it ends an abbreviation.
local function sentences(text)
  local found, from = {}, 1
  local at = find(text, "[.;!\r\n]")
  while at do
    local is_end = true
    if sub(text, at, at) == "." then
      is_end = at == #text or find(text, "^%s", at + 1) ~= nil
      if is_end then
        local word = match(sub(text, at > 8 and at - 8 or 1, at - 1), "%a*$")
        for _, short in ipairs(abbreviations) do
          if upper(word) == short then is_end = false end
        end
      end
    end
    if is_end then
      found[#found + 1] = trimmed(sub(text, from, at - 1))
      from = at + 1
    end
    at = find(text, "[.;!\r\n]", at + 1)
  end
  found[#found + 1] = trimmed(sub(text, from))
  return found
end

--- All declined work in a text of several sentences, as a list of what comments.declined returns.
function comments.all_declined(text)
  local found = {}
  if not text or text == "" then return found end
  text = sub(text, 1, most_bytes)
  local capitals = upper(text)
  if not find(capitals, "DECL", 1, true) and not find(capitals, "DS", 1, true) and not find(capitals, "NEXT VISIT", 1, true) then
    return found
  end
  for _, sentence in ipairs(sentences(text)) do
    found[#found + 1] = of_sentence(sentence)
  end
  return found
end

--- The declined work that a comment tells of, as { description, price_cents, condition, severity }:
--- comments.declined("CUST DECL COOLANT FLUSH $196.20").price_cents == 19620. nil for none, and for false friends: CUSTOMER DECLINED
--- LOANER, DECLINED TO WAIT, BRAKE INSPECTION COMPLETED.
function comments.declined(text)
  return comments.all_declined(text)[1]
end

return comments
