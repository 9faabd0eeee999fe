--- What `revisit repl` runs on: the names given at the prompt, how values are shown, and how a name may go on.
local shown = require "shown"

local prompt = {}

local modules = {}

--- The names given so far; behind them the modules that may be required, then those of the sandbox.
prompt.names = setmetatable({}, {
  __index = function(_, name)
    if modules[name] then return require(name) end
    return _G[name]
  end,
})

--- Takes the names of the modules that are there without a require.
function prompt.open(names)
  for _, name in ipairs(names) do modules[name] = true end
end

--- Returns values as they are shown, a text each; none for none.
function prompt.show(...)
  local texts = {}
  for i = 1, select("#", ...) do texts[i] = shown.whole((select(i, ...))) end
  return texts
end

-- The value that a path of names leads to, or nil.
local function follow(path)
  local value = prompt.names
  for name in path:gmatch "[^.:]+" do
    local ok, found = pcall(function() return value[name] end)
    if not ok or found == nil then return nil end
    value = found
  end
  return value
end

local function add_keys(value, start, found)
  if type(value) ~= "table" and type(value) ~= "userdata" then return end
  pcall(function()
    for key in pairs(value) do
      if type(key) == "string" and key:sub(1, #start) == start then found[key] = true end
    end
  end)
end

--- Returns the words that a word at the prompt may become: prompt.complete "touch.cu" has "touch.customer".
function prompt.complete(word)
  local path, start = word:match "^(.-)([%w_]*)$"
  local found, words = {}, {}
  if path == "" then
    add_keys(prompt.names, start, found)
    add_keys(modules, start, found)
    add_keys(_G, start, found)
  else
    local value = follow(path)
    add_keys(value, start, found)
    if type(value) == "string" then add_keys(string, start, found) end
  end
  for key in pairs(found) do words[#words + 1] = path .. key end
  table.sort(words)
  return words
end

return prompt
