--- Values made of choices. A generator makes its value of whole numbers that it draws from a source; the smallest number stands for
--- the plainest choice. So any value that fails a test gets simpler by making the list of numbers shorter and the numbers smaller,
--- whatever it is made of.
local choices = {}

local source = {}
source.__index = source

local random = math.random

--- Draws a whole number from 0 to `most`: again as it was drawn before where a list is replayed, by chance else.
function source:draw(most)
  local at = self.at + 1
  local number
  if self.is_replay then
    number = self[at] or 0
    if number > most then number = most end
  else
    number = random(0, most)
  end
  self.at, self[at] = at, number
  return number
end

--- Returns the entry of a list that was drawn; `count` where the list may end with nil.
function source:pick(list, count)
  return list[self:draw((count or #list) - 1) + 1]
end

--- Returns a source of new choices.
function choices.new() return setmetatable({ at = 0 }, source) end

--- Returns a source that repeats choices; beyond them, all are 0.
function choices.replay(list)
  local copy = setmetatable({ at = 0, is_replay = true }, source)
  for i = 1, #list do copy[i] = list[i] end
  return copy
end

local generator = {}
generator.__index = generator

--- Returns a generator. `draw` makes a value from a source; `show` gives the value as a test's author would write it.
function choices.generator(draw, show) return setmetatable({ draw = draw, show = show }, generator) end

function choices.is_generator(value) return type(value) == "table" and getmetatable(value) == generator end

--- What was drawn, without the zeros at its end, which replaying gives by itself.
local function drawn(used)
  local last = used.at
  while last > 0 and used[last] == 0 do last = last - 1 end
  local list = {}
  for i = 1, last do list[i] = used[i] end
  return list
end

local function is_smaller(a, b)
  if #a ~= #b then return #a < #b end
  for i = 1, #a do
    if a[i] ~= b[i] then return a[i] < b[i] end
  end
  return false
end

--- The list without the numbers from `from` on, or with zeros in their place.
local function without(list, from, count, zeros)
  local out, differs = {}, not zeros
  for i = 1, #list do
    if i < from or i >= from + count then
      out[#out + 1] = list[i]
    elseif zeros then
      differs = differs or list[i] ~= 0
      out[#out + 1] = 0
    end
  end
  return differs and out
end

local function with(list, at, number)
  local out = {}
  for i = 1, #list do out[i] = list[i] end
  out[at] = number
  return out
end

--- Makes a failing list of choices as small as it gets. `fails` takes a source and returns whether the test fails of it.
--- Returns the smallest that failed and how many of the at most `runs_most` tries made it smaller.
function choices.shrink(used, runs_most, fails)
  local best, runs, shrinks, tried = drawn(used), 0, 0, {}
  local function try(list)
    local key = list and table.concat(list, " ")
    if not list or tried[key] or runs >= runs_most then return false end
    tried[key] = true
    runs = runs + 1
    local again = choices.replay(list)
    if not fails(again) then return false end
    local found = drawn(again)
    if not is_smaller(found, best) then return false end
    best, shrinks = found, shrinks + 1
    return true
  end

  -- Every small count, since an entry of a list may be as many choices.
  local function pass(zeros)
    for _, count in ipairs(zeros and { 16, 8, 4, 2, 1 } or { 16, 8, 7, 6, 5, 4, 3, 2, 1 }) do
      local from = #best - count + 1
      while from >= 1 do
        if not try(without(best, from, count, zeros)) or zeros then from = from - count end
        if from > #best then from = #best end
      end
    end
  end

  -- The smallest number at a place that still fails: one of the first, for where the order says little, else by halving.
  local function lower(at)
    for number = 1, math.min(3, best[at] - 1) do
      if try(with(best, at, number)) then return end
    end
    local low, high = 0, best[at]
    while high and low < high do
      local middle = (low + high) // 2
      if try(with(best, at, middle)) then high = math.min(middle, best[at] or 0) else low = middle + 1 end
    end
  end

  try {}
  repeat
    local before = shrinks
    pass(true)
    pass(false)
    for at = #best, 1, -1 do
      if (best[at] or 0) > 0 then lower(at) end
    end
  until shrinks == before or runs >= runs_most
  return best, shrinks
end

return choices
