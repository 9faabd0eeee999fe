--- What expect(value) can check, and the account of what a test checked.
local gsm = require "gsm"
local nearest = require "nearest"
local shown = require "shown"

local checks = {}

--- Each check returns nothing when it passes, else what is wrong, and perhaps the two values to compare.
local check = {}

--- Nil when both are texts; else what is wrong.
local function no_texts(self, name, part)
  if type(part) ~= "string" then return ":" .. name .. " needs a text to look for, got " .. shown.short(part) end
  if type(self.value) ~= "string" then return "expected a text, got " .. shown.short(self.value), part, self.value end
end

--- Fails unless the value equals `wanted`: tables field by field, `skip` and `quarantine` by their reasons.
function check:equals(wanted)
  local path, got, there = shown.difference(self.value, wanted)
  if not path then return end
  local value = self.value
  if type(value) == "string" and type(wanted) == "string" and (shown.is_long(value) or shown.is_long(wanted)) then
    return shown.text_difference(wanted, value), wanted, value
  end
  if path ~= "" and (shown.is_long(value) or shown.is_long(wanted)) then
    return "they differ at " .. path .. ": expected " .. shown.short(there) .. ", got " .. shown.short(got), wanted, value
  end
  return "expected " .. shown.short(wanted) .. ", got " .. shown.short(value) .. (path ~= "" and "; they differ at " .. path or ""),
    wanted, value
end

--- Fails unless the text contains `part`, letter by letter.
function check:contains(part)
  local problem = no_texts(self, "contains", part)
  if problem then return problem end
  if self.value:find(part, 1, true) then return end
  local other = self.value:lower():find(part:lower(), 1, true) and " (it is there in other capitals)" or ""
  return "expected a text with " .. shown.line(part) .. ", got " .. shown.short(self.value) .. other, part, self.value
end

--- Fails when the text contains `part`.
function check:lacks(part)
  local problem = no_texts(self, "lacks", part)
  if problem then return problem end
  local at = self.value:find(part, 1, true)
  if at then return "expected a text without " .. shown.line(part) .. ", got " .. shown.short(self.value) end
end

--- Fails unless the text matches a Lua pattern.
function check:matches(pattern)
  local problem = no_texts(self, "matches", pattern)
  if problem then return problem end
  local ok, found = pcall(string.find, self.value, pattern)
  if not ok then return "the pattern " .. shown.line(pattern) .. " is malformed: " .. tostring(found) end
  if found then return end
  return "expected a text like " .. shown.line(pattern) .. ", got " .. shown.short(self.value), pattern, self.value
end

local function is_exactly(self, wanted)
  if self.value == wanted then return end
  return "expected " .. tostring(wanted) .. ", got " .. shown.short(self.value), wanted, self.value
end

--- Fails unless the value is nil.
function check:is_nil() return is_exactly(self, nil) end

--- Fails unless the value is true.
function check:is_true() return is_exactly(self, true) end

--- Fails unless the value is false; nil is not false.
function check:is_false() return is_exactly(self, false) end

--- Fails unless the value equals one of the list.
function check:is_one_of(list)
  if type(list) ~= "table" then return ":is_one_of needs a list, as { \"sms\", \"email\" }, got " .. shown.short(list) end
  for _, wanted in ipairs(list) do
    if not shown.difference(self.value, wanted) then return end
  end
  return "expected one of " .. shown.short(list) .. ", got " .. shown.short(self.value), list, self.value
end

--- Fails unless the list has so many entries, or the text so many characters.
function check:has_length(count)
  local value = self.value
  if type(value) ~= "table" and type(value) ~= "string" then return "expected a list or a text, got " .. shown.short(value) end
  local length = type(value) == "string" and (utf8.len(value) or #value) or #value
  if length == count then return end
  return "expected a length of " .. shown.line(count) .. ", got " .. length .. ": " .. shown.short(value), count, length
end

--- The first character that doesn't fit GSM-7, as ', because of "’" at character 12'.
local function culprit(text)
  local place = 0
  for char in text:gmatch(utf8.charpattern) do
    place = place + 1
    if not gsm.units(char) then return ', because of "' .. char .. '" at character ' .. place end
  end
  return ""
end

--- Fails when the text takes more than `most` segments as a text message.
function check:segments_at_most(most)
  if math.type(most) ~= "integer" then return ":segments_at_most needs a whole number, got " .. shown.short(most) end
  local text = self.value
  if type(text) ~= "string" then return "expected a text, got " .. shown.short(text) end
  local segments, encoding = gsm.segments(text)
  if segments <= most then return end
  return "expected at most " .. most .. (most == 1 and " segment" or " segments") .. ", got " .. segments .. " in " .. encoding
    .. (encoding == "UCS-2" and culprit(text) or "") .. ": " .. shown.short(text)
end

--- Fails unless the function raises an error, one that contains `part` if that is given.
function check:errors(part)
  if type(self.value) ~= "function" then
    return "expected a function that raises an error, got " .. shown.short(self.value)
      .. "; wrap the call: expect(function() … end):errors \"…\""
  end
  local with = part and " with " .. shown.line(part) or ""
  local ok, problem = pcall(self.value)
  if ok then return "expected an error" .. with .. ", got none" end
  problem = type(problem) == "string" and problem or shown.line(problem)
  if part and not problem:find(part, 1, true) then
    return "expected an error" .. with .. ", got " .. shown.short(problem), part, problem
  end
end

local function is_outcome(self, name, reason)
  local outcome = shown.outcome(self.value)
  local wanted = name .. (reason and ' "' .. reason .. '"' or "")
  if reason and outcome == wanted or not reason and outcome and outcome:find("^" .. name) then return end
  return "expected " .. wanted .. ", got " .. shown.short(self.value)
end

--- Fails unless a hook gave `skip`, with that reason if one is given.
function check:is_skipped(reason) return is_outcome(self, "skip", reason) end

--- Fails unless the mapping gave `quarantine`, with that reason if one is given.
function check:is_quarantined(reason) return is_outcome(self, "quarantine", reason) end

--- A value as the host can keep it: plain tables, texts, numbers and flags. Nil and why when it holds anything else.
local function kept(value, depth)
  local outcome = shown.outcome(value)
  if outcome then return outcome end
  local kind = type(value)
  if kind == "function" or kind == "thread" or kind == "userdata" then return nil, "it holds a " .. kind end
  if kind ~= "table" then return value end
  if depth > 12 then return nil, "its tables go too deep" end
  local copy = {}
  for key, field in pairs(value) do
    local plain, why = kept(field, depth + 1)
    if why then return nil, why end
    copy[key] = plain
  end
  return copy
end

local account

--- Keeps the value for comparing with the one that was approved; `name` is needed for more than one in a test.
function check:matches_snapshot(name)
  if name ~= nil and type(name) ~= "string" then return ":matches_snapshot takes a name, got " .. shown.short(name) end
  if self.value == nil then return "there is nothing to keep: the value is nil; say :is_nil() if that is right" end
  if account.is_property then return "a property's values are made at random, so a snapshot of them says nothing" end
  local value, why = kept(self.value, 1)
  if why then return "the value can't be kept: " .. why end
  local snapshots = account.snapshots
  name = name or tostring(#snapshots + 1)
  for _, earlier in ipairs(snapshots) do
    if earlier.name == name then return "two snapshots of this test are called " .. shown.line(name) end
  end
  snapshots[#snapshots + 1] = { name = name, value = value, line = self.line() }
end

local names = {}
for name in pairs(check) do names[#names + 1] = name end
table.sort(names)

--- The place of the caller `level` calls up, as "tests/a_test.lua:3: "; "" when it can't be told.
function checks.place(level)
  local _, place = pcall(error, "", level + 2)
  return place
end

local function fails(place, message, wanted, got, compared)
  local failure = place .. message
  if account and compared then
    account.failure = { text = failure, expected = shown.whole(wanted), actual = shown.whole(got) }
  end
  error(failure, 0)
end

local methods = {}
local meta = {
  __index = function(_, name)
    local method = methods[name]
    if method then return method end
    local hint = nearest(tostring(name), names)
    error("expect(…) has no check '" .. tostring(name) .. "'; "
      .. (hint and "did you mean '" .. hint .. "'?" or "it has " .. table.concat(names, ", ")), 2)
  end,
  __newindex = function(_, name) error("expect(…)." .. tostring(name) .. " can't be set; check it: expect(…):equals(…)", 2) end,
}

local hidden = {}

for name, check_it in pairs(check) do
  methods[name] = function(expectation, ...)
    local self = type(expectation) == "table" and rawget(expectation, hidden)
    if not self then error("write expect(…):" .. name .. "(…) with a colon, not with a dot", 2) end
    self.is_checked = true
    if account then account.checks = account.checks + 1 end
    local result = table.pack(check_it(self, ...))
    if result.n > 0 and result[1] then
      local place = checks.place(2)
      fails(place ~= "" and place or self.place, result[1], result[2], result[3], result.n > 1)
    end
    return expectation
  end
end

--- Returns the checks for a value: expect(text):contains "3 mm".
function checks.expect(value)
  local self = { value = value, place = checks.place(2) }
  self.line = function() return tonumber(self.place:match ":(%d+): $") end
  if account then account[#account + 1] = self end
  return setmetatable({ [hidden] = self }, meta)
end

--- Runs `body` with `...` and returns an account of it: checks, snapshots, and, when it failed, message, file, line, and
--- expected and actual where two values were compared.
function checks.run(body, is_property, ...)
  local outer = account
  account = { checks = 0, snapshots = {}, is_property = is_property }
  local mine = account
  local ok, problem = pcall(body, ...)
  account = outer
  if ok then
    for _, expectation in ipairs(mine) do
      if not expectation.is_checked then
        ok, problem = false, expectation.place .. "expect(…) checks nothing; say what it should be, as :equals(…) or :contains(…)"
        break
      end
    end
  end
  local result = { ok = ok, checks = mine.checks, snapshots = mine.snapshots }
  if ok then return result end
  problem = type(problem) == "string" and problem or "an error was raised that is no text: " .. shown.short(problem)
  local file, line, message = problem:match "^([^\n:]+):(%d+): ?(.*)$"
  result.message, result.file, result.line = message or problem, file, line and tonumber(line)
  local failure = mine.failure
  if failure and failure.text == problem then result.expected, result.actual = failure.expected, failure.actual end
  return result
end

return checks
