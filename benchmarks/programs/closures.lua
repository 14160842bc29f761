-- Closures that are made, called and dropped.
local function counter(start)
  local n = start
  return function(step)
    n = n + step
    return n
  end
end

local function map(list, f)
  local out = {}
  for i = 1, #list do out[i] = f(list[i]) end
  return out
end

local list = { 1, 2, 3, 4, 5, 6, 7, 8 }
for i = 1, 100000 do
  local count = counter(i)
  assert(count(1) == i + 1)
  map(list, function(x) return x + i end)
end
