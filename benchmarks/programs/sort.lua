-- table.sort by its own order and by a function.
local a, b = 17, 42
for _ = 1, 4 do
  local list = {}
  for i = 1, 20000 do
    a, b = (a * 421 + 1663) % 7875, (b * 1366 + 1283) % 6075
    list[i] = a * 6075 + b
  end
  table.sort(list)
  for i = 2, #list do assert(list[i - 1] <= list[i]) end
  table.sort(list, function(x, y) return x % 1000 < y % 1000 end)
end
