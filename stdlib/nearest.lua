--- Finds the known word closest to a misspelt one, for "did you mean" in errors.

--- Counts the edits (insert, delete, replace, swap of neighbours) between two words.
local function distance(a, b)
  local before, last = {}, {}
  for j = 0, #b do last[j] = j end
  for i = 1, #a do
    local row = { [0] = i }
    for j = 1, #b do
      local same = a:byte(i) == b:byte(j)
      local best = math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same and 0 or 1))
      if i > 1 and j > 1 and a:byte(i) == b:byte(j - 1) and a:byte(i - 1) == b:byte(j) then
        best = math.min(best, before[j - 2] + 1)
      end
      row[j] = best
    end
    before, last = last, row
  end
  return last[#b]
end

--- Returns the word of the list nearest to `word`, or nil when none is near: a wrong hint is worse than none.
return function(word, words)
  if #word > 40 then return nil end
  local found, fewest = nil, math.max(1, #word // 3)
  for _, candidate in ipairs(words) do
    local edits = distance(word:lower(), candidate:lower())
    if edits < fewest or (edits == fewest and not found) then
      found, fewest = candidate, edits
    end
  end
  return found
end
