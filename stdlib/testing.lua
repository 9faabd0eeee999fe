--- Tests for scripts, in tests/*_test.lua: describe, it, expect, given, property and maps. A test fails with the values that differ.
local checks = require "test_checks"
local suite = require "test_suite"

local kit = suite.new()

local testing = {}

--- Sample inputs: given.touch, given.rows and more.
testing.given = require "given"

--- Returns the checks for a value: expect(text):contains "3 mm".
testing.expect = checks.expect

--- Groups tests under a name: describe(name, function() … end). `describe.skip` leaves the group out, `describe.only` leaves out
--- all others.
testing.describe = kit.describe

--- Adds a test: it(name, function() … end); it passes unless it raises an error. `it.skip` leaves it out, `it.only` leaves out all
--- others. it.each(name, rows, body) adds one for each row: {1} in the name is the first value of a row that is a list, {key} the
--- field of one with names.
testing.it = kit.it

--- Adds a test of the whole mapping: maps "closed.csv" passes when mapping.lua makes of fixtures/closed.csv what stands in
--- fixtures/closed.csv.expected.json, or in the file that is named second.
testing.maps = kit.maps

--- Adds a test of 100 values made by chance: property(name, given.any.touch(), function(touch) … end). When one fails, it is made
--- as simple as it gets before it is shown.
testing.property = kit.property

--- Makes describe, it, maps, property, expect and given global, as test files have them.
function testing.open()
  for _, name in ipairs { "describe", "it", "maps", "property", "expect", "given" } do rawset(_G, name, testing[name]) end
end

--- Returns a list of the tests that were added: { index, name, line, file, mode, kind }, and for `maps` input and expected.
--- `mode` is "run", "skip" or "only", `kind` "test", "property" or "maps".
testing.list = kit.list

--- Runs the test of that index. Returns { ok, checks, snapshots }, and when it failed message, file and line; expected and actual
--- where two values were compared; example, runs and shrinks of a property.
testing.run_one = kit.run_one

--- Runs the tests added since the last run, in order. Returns a list of what run_one returns, with the names.
testing.run = kit.run

return testing
