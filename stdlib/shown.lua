--- How values are shown in a failed test, and where two of them differ.
local shown = {}

--- A text or table that is longer in one line is shown over several lines, and a failure says where two such differ.
local line_most = 72
local depth_most = 8

--- What `skip` or `quarantine` gave, as 'quarantine "CLOSED is no day"'; nil for any other value. The line that gave it is none
--- of it.
function shown.outcome(value)
  local meta = type(value) == "table" and getmetatable(value)
  local name = type(meta) == "table" and meta.__name
  if name == "skip" or name == "quarantine" then return name .. ' "' .. tostring(value[1]) .. '"' end
end

local escapes = { ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ["\\"] = "\\\\", ['"'] = '\\"', ["\0"] = "\\0" }

local function escaped(char) return escapes[char] or string.format("\\x%02X", char:byte()) end

local function quoted(text) return '"' .. text:gsub('[%c\\"]', escaped) .. '"' end

local words = {}
for word in ("and break do else elseif end false for function goto if in local nil not or repeat return then true until while")
  :gmatch "%a+" do words[word] = true end

local function is_name(key) return type(key) == "string" and not words[key] and key:find "^[%a_][%w_]*$" end

--- Whether a table is a list: no key but 1 to its length.
local function is_list(value)
  local count = 0
  for key in pairs(value) do
    if math.type(key) ~= "integer" or key < 1 then return false end
    count = count + 1
  end
  return count == #value
end

--- The keys of a table in order: numbers, then texts. A row is read by place too; its columns alone are shown.
local function keys_of(value)
  local places, names, others = {}, {}, {}
  for key in pairs(value) do
    local list = math.type(key) == "integer" and places or type(key) == "string" and names or others
    list[#list + 1] = key
  end
  table.sort(places)
  table.sort(names)
  if #names > 0 and #names >= #places and #places == #value then places = {} end
  for _, name in ipairs(names) do places[#places + 1] = name end
  for _, key in ipairs(others) do places[#places + 1] = key end
  return places
end

local function label(key, in_list)
  if in_list then return "" end
  if is_name(key) then return key .. " = " end
  return "[" .. (type(key) == "string" and quoted(key) or tostring(key)) .. "] = "
end

local write

--- The entries of a table, each written; nil when it is empty.
local function entries(value, depth, indent)
  local out, list = {}, is_list(value)
  for _, key in ipairs(list and value or keys_of(value)) do
    local place = list and #out + 1 or key
    out[#out + 1] = label(place, list) .. write(value[place], depth + 1, indent)
  end
  return out[1] and out
end

--- `indent` is the white space before the line, or false for all in one line.
function write(value, depth, indent)
  if type(value) == "string" then return quoted(value) end
  if type(value) == "function" then return "a function" end
  if type(value) ~= "table" then return tostring(value) end
  local outcome = shown.outcome(value)
  if outcome then return outcome end
  local meta = getmetatable(value)
  if type(meta) == "table" and meta.__tostring then return tostring(value) end
  if depth > depth_most then return "{…}" end
  local out = entries(value, depth, false)
  if not out then return "{}" end
  local line = "{ " .. table.concat(out, ", ") .. " }"
  if not indent or #line + #indent <= line_most then return line end
  local inner = indent .. "  "
  return "{\n" .. inner .. table.concat(entries(value, depth, inner), ",\n" .. inner) .. ",\n" .. indent .. "}"
end

--- Returns a value in one line: text in quotes, a table with its fields in order.
function shown.line(value) return write(value, 1, false) end

--- Returns a value to be read whole: a table over as many lines as it needs, a text of several lines as it is.
function shown.whole(value)
  if type(value) == "string" and value:find("\n", 1, true) then return value end
  return write(value, 1, "")
end

--- Returns a value in one line of at most 200 characters.
function shown.short(value)
  local line = shown.line(value)
  if #line <= 200 then return line end
  return line:sub(1, utf8.offset(line, 0, 198) - 1) .. "…"
end

--- Whether a value is too long to be compared by eye.
function shown.is_long(value)
  return type(value) == "string" and value:find("\n", 1, true) ~= nil or #shown.line(value) > line_most
end

local function joined(path, key)
  if is_name(key) then return path == "" and key or path .. "." .. key end
  return path .. "[" .. (type(key) == "string" and quoted(key) or tostring(key)) .. "]"
end

local function difference(a, b, path, depth)
  if a == b then return nil end
  if type(a) ~= "table" or type(b) ~= "table" or depth > 20 then return path, a, b end
  local one, other = shown.outcome(a), shown.outcome(b)
  if one or other then
    if one == other then return nil end
    return path, a, b
  end
  local theirs = {}
  for key, value in pairs(b) do theirs[key] = value end
  for _, key in ipairs(keys_of(a)) do
    local found, left, right = difference(a[key], theirs[key], joined(path, key), depth + 1)
    if found then return found, left, right end
    theirs[key] = nil
  end
  for _, key in ipairs(keys_of(theirs)) do
    if math.type(key) ~= "integer" or key > #a then return joined(path, key), nil, theirs[key] end
  end
end

--- Returns nil when two values are alike, field by field; else where they first differ, as "declined[2].price_cents" ("" for
--- the whole), and what each has there.
function shown.difference(a, b) return difference(a, b, "", 1) end

--- Some letters of a text from a place on, and a few before it, in quotes.
local function excerpt(text, at)
  local from, to = at > 12 and utf8.offset(text, 0, at - 12) or 1, math.min(#text, at + 28)
  if to < #text then to = utf8.offset(text, 0, to + 1) - 1 end
  return (from > 1 and "…" or "") .. quoted(text:sub(from, to)) .. (to < #text and "…" or "")
end

--- Returns where two texts first differ, in words, with an excerpt of both.
function shown.text_difference(wanted, got)
  if not utf8.len(wanted) or not utf8.len(got) then return "the texts differ" end
  local at, most = 1, math.min(#wanted, #got)
  while at <= most and wanted:byte(at) == got:byte(at) do at = at + 1 end
  if at <= #wanted and at <= #got then at = utf8.offset(got, 0, at) end
  local before = got:sub(1, at - 1)
  local _, breaks = before:gsub("\n", "")
  local column = utf8.len(before:match "[^\n]*$") + 1
  local place = breaks == 0 and "character " .. column or "line " .. breaks + 1 .. ", character " .. column
  return "the texts differ at " .. place .. ": expected " .. excerpt(wanted, math.min(at, #wanted + 1)) .. ", got "
    .. excerpt(got, math.min(at, #got + 1))
end

return shown
