-- element: a piece of XML as a mapping gets it, for tests: given.element '<Order no="1"><Closed>2026-02-03</Closed></Order>'.
local byte, find, gmatch, gsub, match, sub = string.byte, string.find, string.gmatch, string.gsub, string.match, string.sub

local methods = {}

local entities = { lt = "<", gt = ">", amp = "&", quot = '"', apos = "'" }

local function plain(text)
  text = gsub(text, "&(#?)([xX]?)(%w+);", function(number, hex, name)
    if number == "" then return entities[hex .. name] end
    local code = tonumber(name, hex == "" and 10 or 16)
    return code and utf8.char(code)
  end)
  return text
end

local function trimmed(text) return match(text, "^%s*(.-)%s*$") end

local function without_prefix(name) return match(name, "([^:]+)$") end

-- Calls `take` with all that a path leads to, until it gives something.
local function follow(element, path, take)
  if path == "" then return take(element) end
  if byte(path) == 0x40 then
    local value = element.attributes[sub(path, 2)]
    return value and take(value)
  end
  local step, rest = match(path, "^([^/]+)/?(.*)$")
  for _, child in ipairs(element.elements) do
    local found = child.name == step and follow(child, rest, take)
    if found then return found end
  end
end

local function checked(path)
  if find(path, "^/") or find(path, "/$") then error("a path is names with slashes between them, got '" .. path .. "'", 3) end
  return path
end

function methods.text(element, path)
  return follow(element, checked(path or ""), function(found) return type(found) == "string" and found or found.own end) or ""
end

function methods.first(element, path)
  return follow(element, checked(path or ""), function(found) return found end) or nil
end

function methods.all(element, path)
  if path == nil then return element.elements end
  local found = {}
  follow(element, checked(path), function(one) found[#found + 1] = one end)
  return found
end

local function opened(tag)
  local name, rest = match(tag, "^([^%s/>]+)(.*)$")
  local element = { name = without_prefix(name), attributes = {}, elements = {}, own = "" }
  for key, _, value in gmatch(rest, "([^%s=]+)%s*=%s*([\"'])(.-)%2") do element.attributes[without_prefix(key)] = plain(value) end
  return setmetatable(element, { __index = methods })
end

--- The element that a text of XML is; an error when it isn't well-formed. Comments and prologs are passed over.
return function(text)
  local stack, root, from = { { elements = {}, own = "" } }, nil, 1
  local function add(words) stack[#stack].own = stack[#stack].own .. words end
  while true do
    local at = find(text, "<", from, true)
    add(plain(sub(text, from, (at or 0) - 1)))
    if not at then break end
    local _, to, cdata = find(text, "^<!%[CDATA%[(.-)%]%]>", at)
    if cdata then
      add(cdata)
    elseif find(text, "^<[?!]", at) then
      to = select(2, find(text, "^<!%-%-.-%-%->", at)) or find(text, ">", at, true)
    else
      to = find(text, ">", at, true)
      local tag = to and sub(text, at + 1, to - 1) or error("given.element: a tag isn't closed", 2)
      if byte(tag) == 0x2F then
        local done = table.remove(stack)
        if done.name ~= without_prefix(trimmed(sub(tag, 2))) then
          error("given.element: <" .. tag .. "> closes <" .. tostring(done.name) .. ">", 2)
        end
        done.own = trimmed(done.own)
      else
        local element = opened(tag)
        local parent = stack[#stack]
        parent.elements[#parent.elements + 1] = element
        root = root or element
        if sub(tag, -1) ~= "/" then stack[#stack + 1] = element end
      end
    end
    from = (to or #text) + 1
  end
  if #stack > 1 or not root then error("given.element: <" .. tostring(stack[#stack].name) .. "> isn't closed", 2) end
  return root
end
