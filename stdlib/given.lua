--- Sample inputs for tests: a complete touch, the rows of a feed, a repair order, with what the test is about written over it.
local records = require "test_records"
local samples = require "test_samples"

local given = {}

--- Stands for "the touch lacks this field": given.touch { first_name = given.missing }.
given.missing = records.missing

--- Raises at the test's line when `changes` is no table, or names or says what such a record can't have.
local function check(kind, changes)
  local problem = records.problem(kind, changes)
  if problem then error(problem, 3) end
end

--- Returns a touch with every field filled in: Maria Lopez, a 2016 Ford Bolt EV, rear brake pads at 3 mm, seen on
--- 2026-03-03. `overrides` are written over it, record by record; `item` changes the lead item, `items` gives them all
--- (each over the sample item; one with another name has no measurement unless given). Days, names and words that follow
--- from others are worked out. Raises on a field that a touch doesn't have.
function given.touch(overrides)
  overrides = overrides or {}
  check("touch", overrides)
  if overrides.items and #overrides.items == 0 then error("a touch has at least one item; leave items out for the sample's", 2) end
  return samples.touch(overrides)
end

--- Returns a repair order as a mapping returns it, a plain table with every field filled in, and `overrides` written over it,
--- record by record. `declined` gives all declined items, each over the sample's. Raises on a field that a repair order
--- doesn't have.
function given.repair_order(overrides)
  overrides = overrides or {}
  check("mapped_order", overrides)
  return samples.repair_order(overrides)
end

--- Returns a touch of a complete plain table, as a recorded fixture holds it: nothing is added, and what it lacks is nil.
--- Raises on a field that a touch doesn't have, and without items.
function given.recorded(data)
  check("touch", data)
  local copy = records.copy(data)
  if not copy.items then copy.items = { copy.item } end
  if not copy.items[1] then error("a touch has at least one item; this one has none", 2) end
  for _, name in ipairs { "customer", "vehicle", "repair_order", "rooftop", "previous" } do copy[name] = copy[name] or {} end
  return records.touch(copy)
end

--- Returns the rows of one repair order as a mapping gets them: given.rows({ { RO = "1042", OP = "BRKR" } }).
--- `columns` lists the export's columns in order, when the mapping reads more of them than the test is about. A cell
--- that isn't given reads as "". Raises on a cell of a column that isn't listed.
function given.rows(rows, columns)
  if type(rows) ~= "table" or next(rows) ~= nil and type(rows[1]) ~= "table" then
    error('given.rows takes a list of rows, as { { RO = "1042" } }', 2)
  end
  local known, is_known = {}, {}
  local function know(column)
    if not is_known[column] then known[#known + 1], is_known[column] = column, true end
  end
  for _, column in ipairs(columns or {}) do know(column) end
  for _, row in ipairs(rows) do
    for column in pairs(row) do
      if columns and not is_known[column] then error(records.unknown("row", column, columns), 2) end
      know(column)
    end
  end
  local strict, copies = records.rows_of(known), {}
  for i, row in ipairs(rows) do
    local cells = {}
    for _, column in ipairs(known) do cells[column] = row[column] or "" end
    for place, column in ipairs(columns or {}) do cells[place] = cells[column] end
    copies[i] = strict(cells)
  end
  return copies
end

--- Returns an element of XML as a mapping gets it: given.element '<Order no="1"><Closed>2026-02-03</Closed></Order>'.
given.element = require "element"

--- The generators for property(): given.any.touch(), given.any.text() and more.
given.any = require "any"

return given
