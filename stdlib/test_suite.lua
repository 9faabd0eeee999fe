--- A list of tests: how a test file adds them, and how they are run one by one.
local checks = require "test_checks"
local choices = require "test_choices"
local nearest = require "nearest"
local shown = require "shown"

local suite = {}

local property_runs, shrink_runs_most = 100, 500

--- The place of the caller `level` calls up; a tail call leaves none, and then it is the one above.
local function caller(level)
  for up = level + 1, level + 4 do
    local file, line = checks.place(up):match "^([^\n]+):(%d+): $"
    if file then return file, tonumber(line) end
  end
end

--- "a text", for messages; nil is "nothing".
local function spoken(value)
  if value == nil then return "nothing" end
  return shown.short(value)
end

--- A function with fields, as `it`, `it.skip` and `it.only`; a misspelt field is an error.
local function callable(name, call, fields)
  local names = {}
  for field in pairs(fields) do names[#names + 1] = name .. "." .. field end
  table.sort(names)
  return setmetatable(fields, {
    __call = function(_, ...) return call(...) end,
    __index = function(_, field)
      local hint = nearest(name .. "." .. tostring(field), names)
      error("there is no " .. name .. "." .. tostring(field) .. "; "
        .. (hint and "did you mean " .. hint .. "?" or "there is " .. table.concat(names, ", ")), 2)
    end,
  })
end

--- The name of one row's test: {1} and {key} are what the row has there.
local function row_name(name, row)
  return (name:gsub("{([%w_]+)}", function(key)
    local value = row[tonumber(key) or key]
    return type(value) == "string" and value or shown.short(value)
  end))
end

--- The placeholder of the name that no row has, or nil.
local function idle_placeholder(name, rows)
  for key in name:gmatch "{([%w_]+)}" do
    local found = false
    for _, row in ipairs(rows) do found = found or type(row) ~= "table" or row[tonumber(key) or key] ~= nil end
    if not found then return key end
  end
end

--- Runs a property's body on one value; gives the account of it.
local function try(test, source)
  local value = test.generator.draw(source)
  return checks.run(test.body, true, value), value
end

--- The smallest choices whose run fails at the same place, its account, and how many times they became smaller.
local function shrink(test, source, failed)
  local best, shrinks = choices.shrink(source, shrink_runs_most, function(again)
    local result = try(test, again)
    return not result.ok and result.file == failed.file and result.line == failed.line
  end)
  local again, value = try(test, choices.replay(best))
  if not again.ok then return again, value, shrinks end
  local _, original = try(test, choices.replay(source))
  failed.message = failed.message .. " (but the same value passes when it is tried again)"
  return failed, original, 0
end

local function run_property(test)
  local count = 0
  for runs = 1, property_runs do
    local source = choices.new()
    local result = try(test, source)
    count = count + result.checks
    if not result.ok then
      local smallest, value, shrinks = shrink(test, source, result)
      local show = test.generator.show or shown.whole
      smallest.example, smallest.runs, smallest.shrinks, smallest.checks = show(value), runs, shrinks, count
      return smallest
    end
  end
  return { ok = true, checks = count, snapshots = {}, runs = property_runs }
end

--- Returns a new list of tests and the functions that add to it: describe, it, maps, property, list, run_one and run.
function suite.new()
  local kit = {}
  local tests, lines = {}, {}
  local group, running

  --- Raises, at the author's line, what is wrong with a call.
  local function refuse(message) error(message, 4) end

  local function check_call(what, name, first)
    if running then refuse(what .. " can't stand inside a test; put it beside the tests") end
    if type(name) ~= "string" or name == "" then
      refuse(what .. " needs " .. (first or "a name in quotes first") .. ", got " .. spoken(name))
    end
  end

  local function mode_of(mode)
    local outer = group and group.mode or "run"
    if outer == "skip" or mode == nil then return outer end
    return mode
  end

  --- Adds a test at the place of the author's call, two calls up.
  local function add(test, name, mode)
    test.name = group and group.name .. " " .. name or name
    test.mode = mode_of(mode)
    test.file, test.line = caller(3)
    local earlier = lines[test.name]
    if earlier then
      refuse("there is a test called " .. shown.short(test.name) .. " already"
        .. (earlier == test.line and "; put {1} or a {field} of the rows into the name" or ", at line " .. earlier))
    end
    lines[test.name] = test.line or 0
    tests[#tests + 1] = test
  end

  local function describe_as(mode)
    return function(name, body)
      if running then error("describe can't stand inside a test; put it beside the tests", 2) end
      if type(name) ~= "string" or name == "" then error("describe needs a name in quotes first, got " .. spoken(name), 2) end
      if type(body) ~= "function" then
        error("describe needs a function with its tests: describe(" .. shown.short(name) .. ", function() … end)", 2)
      end
      local outer = group
      group = { name = outer and outer.name .. " " .. name or name, mode = mode_of(mode) }
      body()
      group = outer
    end
  end

  local function it_as(mode)
    return function(name, body)
      check_call("it", name)
      if type(body) ~= "function" then
        error("it needs a function: it(" .. shown.short(name) .. ", function() … end)", 2)
      end
      add({ kind = "test", body = body }, name, mode)
    end
  end

  local function each(name, rows, body)
    check_call("it.each", name)
    if type(rows) ~= "table" or #rows == 0 then error("it.each needs a list of rows after its name: { { \"a\", 1 }, { \"b\", 2 } }", 2) end
    if type(body) ~= "function" then error("it.each needs a function after its rows: it.each(name, rows, function(…) … end)", 2) end
    local idle = idle_placeholder(name, rows)
    if idle then
      error("the name has {" .. idle .. "}, and no row has " .. (tonumber(idle) and "so many values" or "a field of that name"), 2)
    end
    for _, row in ipairs(rows) do
      if type(row) ~= "table" then row = { row } end
      local is_named = type(next(row)) == "string"
      add({ kind = "test", body = function()
        if is_named then return body(row) end
        return body(table.unpack(row))
      end }, row_name(name, row))
    end
  end

  local function maps_as(mode)
    return function(input, expected)
      check_call("maps", input, "the name of an export in fixtures")
      if expected ~= nil and type(expected) ~= "string" then
        error("maps takes two files' names in fixtures, the export and what it should become, got " .. spoken(expected), 2)
      end
      add({ kind = "maps", input = input, expected = expected or input .. ".expected.json" }, "maps " .. input, mode)
    end
  end

  local function property_as(mode)
    return function(name, generator, body)
      check_call("property", name)
      if not choices.is_generator(generator) then
        error("property needs a generator after its name, as given.any.touch()"
          .. (type(generator) == "function" and "; the function there may lack its ()" or ", got " .. spoken(generator)), 2)
      end
      if type(body) ~= "function" then error("property needs a function after its generator: function(touch) … end", 2) end
      add({ kind = "property", generator = generator, body = body }, name, mode)
    end
  end

  kit.describe = callable("describe", describe_as(), { skip = describe_as "skip", only = describe_as "only" })
  kit.it = callable("it", it_as(), { skip = it_as "skip", only = it_as "only", each = each })
  kit.maps = callable("maps", maps_as(), { skip = maps_as "skip", only = maps_as "only" })
  kit.property = callable("property", property_as(), { skip = property_as "skip", only = property_as "only" })

  function kit.list()
    local list = {}
    for i, test in ipairs(tests) do
      list[i] = {
        index = i, name = test.name, line = test.line, file = test.file, mode = test.mode, kind = test.kind, input = test.input,
        expected = test.expected,
      }
    end
    return list
  end

  function kit.run_one(index)
    local test = tests[index]
    if not test then error("there is no test " .. tostring(index), 2) end
    if test.kind == "maps" then return { ok = true, checks = 0, snapshots = {} } end
    running = true
    local result = test.kind == "property" and run_property(test) or test.kind == "test" and checks.run(test.body)
    running = false
    return result
  end

  function kit.run()
    local results = {}
    for i, test in ipairs(tests) do
      local result = test.mode == "skip" and { ok = true, checks = 0 } or kit.run_one(i)
      result.name = test.name
      results[i] = result
    end
    tests, lines = {}, {}
    return results
  end

  return kit
end

return suite
