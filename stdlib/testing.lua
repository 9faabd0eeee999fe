--- Tests for scripts: describe, it, expect and given. A test fails with the values that differ.
local gsm = require "gsm"
local given = require "given"

local testing = { given = given }

local tests, groups = {}, {}

-- What skip or quarantine gave, as 'quarantine "CLOSED is no day"'; nil for any other value. The line that gave it is none of it.
local function outcome(value)
  local meta = type(value) == "table" and getmetatable(value)
  local name = type(meta) == "table" and meta.__name
  if name == "skip" or name == "quarantine" then return name .. ' "' .. tostring(value[1]) .. '"' end
end

--- Shows a value in a failure: text in quotes, a table with its fields in order, at most 200 characters.
local function show(value, depth)
  if type(value) == "string" then return '"' .. value .. '"' end
  if type(value) ~= "table" then return tostring(value) end
  if outcome(value) then return outcome(value) end
  if (depth or 0) > 3 then return "{...}" end
  local keys, out = {}, {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  for _, key in ipairs(keys) do
    local shown = show(value[key], (depth or 0) + 1)
    out[#out + 1] = type(key) == "number" and shown or tostring(key) .. " = " .. shown
  end
  local text = "{ " .. table.concat(out, ", ") .. " }"
  return #text > 200 and text:sub(1, 197) .. "..." or text
end

--- Returns nil when two values are alike, field by field, else the path of the first difference.
local function difference(a, b, path, depth)
  if a == b then return nil end
  if type(a) ~= "table" or type(b) ~= "table" or depth > 20 then return path end
  local one, other = outcome(a), outcome(b)
  if one or other then return one ~= other and path or nil end
  for key, value in pairs(a) do
    local found = difference(value, b[key], path .. "." .. tostring(key), depth + 1)
    if found then return found end
  end
  for key in pairs(b) do
    if a[key] == nil then return path .. "." .. tostring(key) end
  end
end

local expectation = {}

local function fail(message) error(message, 3) end

local function need_text(value)
  if type(value) ~= "string" then error("expected a text, got " .. show(value), 3) end
end

--- Fails unless the value equals `wanted`, field by field for tables.
function expectation:equals(wanted)
  local path = difference(self.value, wanted, "", 0)
  if path then
    fail("expected " .. show(wanted) .. ", got " .. show(self.value) .. (path ~= "" and "; they differ at " .. path:sub(2) or ""))
  end
  return self
end

--- Fails unless the text contains `part`, letter by letter.
function expectation:contains(part)
  need_text(self.value)
  if not self.value:find(part, 1, true) then fail("expected a text with " .. show(part) .. ", got " .. show(self.value)) end
  return self
end

--- Fails when the text contains `part`.
function expectation:lacks(part)
  need_text(self.value)
  if self.value:find(part, 1, true) then fail("expected a text without " .. show(part) .. ", got " .. show(self.value)) end
  return self
end

--- Fails unless the text matches a Lua pattern.
function expectation:matches(pattern)
  need_text(self.value)
  if not self.value:find(pattern) then fail("expected a text like " .. show(pattern) .. ", got " .. show(self.value)) end
  return self
end

--- Fails unless the value is nil.
function expectation:is_nil()
  if self.value ~= nil then fail("expected nil, got " .. show(self.value)) end
  return self
end

--- Fails unless the value is true.
function expectation:is_true()
  if self.value ~= true then fail("expected true, got " .. show(self.value)) end
  return self
end

--- Fails when the text takes more than `most` segments as a text message.
function expectation:segments_at_most(most)
  need_text(self.value)
  local segments, encoding = gsm.segments(self.value)
  if segments > most then
    fail("expected at most " .. most .. " segments, got " .. segments .. " in " .. encoding .. ": " .. show(self.value))
  end
  return self
end

--- Fails unless the function raises an error that contains `part`.
function expectation:errors(part)
  if type(self.value) ~= "function" then fail("expected a function, got " .. show(self.value)) end
  local ok, problem = pcall(self.value)
  if ok then fail("expected an error with " .. show(part) .. ", got none") end
  if not tostring(problem):find(part, 1, true) then
    fail("expected an error with " .. show(part) .. ", got " .. show(tostring(problem)))
  end
  return self
end

local checks = { __index = expectation }

--- Returns the checks for a value: expect(text):contains "3 mm".
function testing.expect(value) return setmetatable({ value = value }, checks) end

--- Groups tests under a name.
function testing.describe(name, body)
  groups[#groups + 1] = name
  local group = table.concat(groups, " ")
  local ok, problem = pcall(body)
  groups[#groups] = nil
  if not ok then
    tests[#tests + 1] = { name = group, body = function() error(problem, 0) end }
  end
end

--- Adds a test; it passes unless it raises an error.
function testing.it(name, body)
  local words = { table.unpack(groups) }
  words[#words + 1] = name
  tests[#tests + 1] = { name = table.concat(words, " "), body = body }
end

--- Runs the tests added since the last run, in order. Returns a list of { name, ok, message?, file?, line? };
--- file and line are where the error was raised, which may be the script under test.
function testing.run()
  local results = {}
  local added = tests
  tests, groups = {}, {}
  for i, test in ipairs(added) do
    local ok, problem = pcall(test.body)
    local result = { name = test.name, ok = ok }
    if not ok then
      local file, line, message = tostring(problem):match "^([^\n:]+):(%d+):%s*(.*)$"
      result.message = message or tostring(problem)
      result.file, result.line = file, line and tonumber(line)
    end
    results[i] = result
  end
  return results
end

return testing
