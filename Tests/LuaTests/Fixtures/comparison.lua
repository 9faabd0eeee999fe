-- Calls library functions with arguments made from SEED, and returns what came of it as text: the same in every Lua 5.4.
-- Left out is what is meant to differ: addresses, the order of pairs, bytecode, the clock, the collector.
local state = SEED
local function random(n)  -- 0 to n - 1
  state = (state * 6364136223846793005 + 1442695040888963407) & 0x7fffffffffffffff
  return (state >> 33) % n
end
local function pick(list) return list[random(#list) + 1] end

local numbers = { 0, 1, -1, 2, 3, 5, 7, 10, -2, -3, 255, 256, 300, 0.5, -1.5, 2.0, 1e15, 1e100, 1/0, -1/0, 0/0, math.maxinteger, math.mininteger, 2^53, 2^63 }
local pieces = { "a", "b", "ab", "abc", "x", "1", "12", "-7", "0x1F", " ", "\n", "\0", ".", "%", "é", "€", "\xff", "\xc3", "\u{10FFFF}", "A", "Z", "(", ")", "[", "]", "-", "+", "*", "1e3", "key=value" }
local function text(most)
  local parts = {}
  for i = 1, random((most or 6) + 1) do parts[i] = pick(pieces) end
  return table.concat(parts)
end

local items = { "a", "b", ".", "%a", "%d", "%s", "%w", "%x", "%p", "%c", "%l", "%u", "%g", "%A", "%D", "%S", "%W", "[ab]", "[^ab]", "[a-z]", "[%d_]", "[]]", "[^]]", "[a-]", "%%", "%.", "x", "1", "é" }
local suffixes = { "", "", "", "*", "+", "-", "?" }
local odd = { "(", ")", "[", "]", "%", "%b", "%bxy", "%f", "%f[%a]", "%1", "%2", "%0", "^", "$", "[a", "[%", "%z", "[[:alpha:]]", "()", "[a-%w]" }
local function pattern()
  local parts, open = {}, 0
  if random(5) == 0 then parts[1] = "^" end
  for _ = 1, 1 + random(4) do
    if random(4) == 0 then parts[#parts + 1] = "(" open = open + 1 end
    parts[#parts + 1] = pick(items) .. pick(suffixes)
    if random(12) == 0 then parts[#parts + 1] = pick(odd) end
    if open > 0 and random(2) == 0 then parts[#parts + 1] = ")" open = open - 1 end
  end
  for _ = 1, open do if random(10) > 0 then parts[#parts + 1] = ")" end end
  if random(5) == 0 then parts[#parts + 1] = "$" end
  return table.concat(parts)
end

local function form()
  local parts = {}
  for _ = 1, 1 + random(3) do
    parts[#parts + 1] = pick { "", "x", "%%", " " }
    parts[#parts + 1] = "%" .. pick { "", "", "-", "+", " ", "#", "0", "-0" } .. pick { "", "", "1", "5", "20", "99", "100" } .. pick { "", "", ".0", ".3", ".20", ".99", ".100", "." }
      .. pick { "d", "i", "u", "c", "x", "X", "o", "e", "E", "f", "F", "g", "G", "a", "A", "s", "q", "y", "" }
  end
  return table.concat(parts)
end

local function packing()
  local parts = {}
  for _ = 1, 1 + random(4) do
    parts[#parts + 1] = pick { "b", "B", "h", "H", "i", "I", "l", "L", "j", "J", "T", "f", "d", "n", "s", "z", "x", "i1", "i3", "i7", "i16", "i17", "I2", "s1", "s4", "c0", "c3", "c", "<", ">", "=", "!", "!2", "!4", "!3", "!17", "Xi4", "Xs", "X", " ", "y" }
  end
  return table.concat(parts)
end

local function number() return pick(numbers) end
local function small() return random(12) - 4 end
local function list()
  local made = {}
  for i = 1, random(7) do made[i] = pick { random(9), random(9), text(2) } end
  if random(3) == 0 then for i = 1, #made do made[i] = random(20) end end
  return made
end
local function any()
  return pick { number, number, small, text, list, function() return nil end, function() return true end, function() return tostring(number()) end }()
end
local function replacement()
  return pick { function() return pick { "", "<%0>", "%1", "%2", "%", "%%", "x" } end, function() return function(...) return pick { nil, false, ... } end end,
    function() return { a = "1", b = false, ab = 2, ["1"] = {} } end, number }()
end
local function comparison()
  return pick { function() return nil end, function() return function(a, b) return tostring(a) < tostring(b) end end, function() return function(a, b) return tostring(a) > tostring(b) end end }()
end

-- An object that behaves as a table by its metamethods, and tells what was asked of it.
local function proxy()
  local inner, told = list(), {}
  return setmetatable({}, {
    __index = function(_, k) told[#told + 1] = "r" .. tostring(k) return inner[k] end,
    __newindex = function(_, k, v) told[#told + 1] = "w" .. tostring(k) inner[k] = v end,
    __len = function() return #inner end,
    told = told,
  })
end
local function array() if random(4) == 0 then return proxy() end return list() end

local calls = {
  { "string.find", string.find, text, pattern, small, any }, { "string.find", string.find, text, pattern }, { "string.match", string.match, text, pattern, small },
  { "string.match", string.match, text, pattern }, { "string.gsub", string.gsub, text, pattern, replacement, small }, { "string.gsub", string.gsub, text, pattern, replacement },
  { "gmatch", function(s, p, i) local out = {} for a, b in string.gmatch(s, p, i) do out[#out + 1] = { a, b } if #out > 20 then break end end return out end, text, pattern, small },
  { "string.rep", string.rep, text, small, text }, { "string.byte", string.byte, text, small, small }, { "string.byte", string.byte, any, any }, { "string.char", string.char, number, number },
  { "string.sub", string.sub, text, small, small }, { "string.sub", string.sub, text, number, number }, { "string.lower", string.lower, text }, { "string.upper", string.upper, any },
  { "string.reverse", string.reverse, text }, { "string.len", string.len, any }, { "string.format", string.format, form, any, any, any }, { "string.format", string.format, form, number, text, number },
  { "string.pack", string.pack, packing, number, number, text }, { "string.pack", string.pack, packing, small, text, number }, { "string.packsize", string.packsize, packing },
  { "string.unpack", string.unpack, packing, function() return text(9) end, small }, { "tonumber", tonumber, text }, { "tonumber", tonumber, any, any }, { "tonumber", tonumber, text, function() return 2 + random(36) end },
  { "utf8.char", utf8.char, number, number }, { "utf8.char", utf8.char, function() return random(0x110000) end }, { "utf8.len", utf8.len, text, small, small, any }, { "utf8.codepoint", utf8.codepoint, text, small, small },
  { "utf8.offset", utf8.offset, text, small, small }, { "codes", function(s, lax) local out = {} for p, c in utf8.codes(s, lax) do out[#out + 1] = { p, c } end return out end, text, any },
  { "table.concat", table.concat, array, text, small, small }, { "table.concat", table.concat, array }, { "table.insert", function(t, ...) table.insert(t, ...) return t end, array, small, any },
  { "table.insert", function(t, v) table.insert(t, v) return t end, array, small }, { "table.remove", function(t, ...) return table.remove(t, ...), t end, array, small }, { "table.remove", function(t) return table.remove(t), t end, array },
  { "table.move", table.move, array, small, small, small }, { "table.move", table.move, array, small, small, small, array },
  { "table.unpack", table.unpack, array, small, small }, { "table.unpack", table.unpack, list, number, number }, { "table.pack", table.pack, any, any }, { "table.sort", function(t, f) table.sort(t, f) return t end, array, comparison },
  { "select", select, small, any, any }, { "math.tointeger", math.tointeger, any }, { "math.floor", math.floor, any }, { "math.fmod", math.fmod, number, number }, { "math.ult", math.ult, number, number },
  { "next", next, list, function() return nil end }, { "rawlen", rawlen, any }, { "ipairs", function(t) local n = 0 for i, v in ipairs(t) do n = n + i end return n end, array }, { "load", load, text, text, any },
  { "coroutine.wrap", function(...) local f = coroutine.wrap(function(...) local a = coroutine.yield(...) error(a, 0) end) local r = table.pack(f(...)) return r, pcall(f, ...) end, any, any },
  { "coroutine.resume", function(v) local co = coroutine.create(function(x) coroutine.yield(x) return x .. "" end) local out = {} for i = 1, 4 do out[i] = { coroutine.resume(co, v) } end return out, coroutine.status(co), coroutine.close(co) end, any },
  { "coroutine.close", function(v) local closed local co = coroutine.create(function() local x <close> = setmetatable({}, { __close = function(_, e) closed = tostring(e) if v then error(v, 0) end end }) coroutine.yield(1) end) coroutine.resume(co) return { coroutine.close(co) }, closed, coroutine.status(co) end, any },
}

local show
local function show_table(t, depth)
  if depth > 3 then return "{…}" end
  local meta = getmetatable(t)
  if meta then return "proxy(" .. table.concat(meta.told, " ") .. ")" end
  local keys, out = {}, {}
  for k in pairs(t) do keys[#keys + 1] = k end
  table.sort(keys, function(a, b) if math.type(a) and math.type(b) then return a < b end return tostring(a) < tostring(b) end)
  for i, k in ipairs(keys) do out[i] = tostring(k) .. ":" .. show(t[k], depth + 1) end
  return "{" .. table.concat(out, ",") .. "}"
end
function show(v, depth)
  local type = type(v)
  if type == "string" then return "'" .. v .. "'" end
  if type == "number" then return math.type(v) .. " " .. (v ~= v and "nan" or tostring(v)) end
  if type == "table" then return show_table(v, depth or 0) end
  if type == "function" or type == "thread" then return type end
  return tostring(v)
end

local lines = {}
for i = 1, CASES do
  local call, arguments = pick(calls), {}
  local count = #call - 2
  for place = 1, count do arguments[place] = call[place + 2]() end
  if random(20) == 0 then count = random(count + 1) end
  local line = { i .. " " .. call[1] .. "(" }
  for place = 1, count do line[#line + 1] = show(arguments[place]) .. "; " end
  line[#line + 1] = ")"
  local results = table.pack(pcall(call[2], table.unpack(arguments, 1, count)))
  for place = 1, results.n do line[#line + 1] = " " .. show(results[place]) end
  lines[i] = table.concat(line):gsub("table: 0x?%x*", "table")
end
return table.concat(lines, "\n")
