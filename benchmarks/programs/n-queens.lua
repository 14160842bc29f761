-- Arrays and recursion: all ways to place eight queens, several times.
local n, found = 8, 0
local columns, rising, falling = {}, {}, {}

local function place(row)
  if row > n then
    found = found + 1
    return
  end
  for column = 1, n do
    local up, down = row + column, row - column + n
    if not (columns[column] or rising[up] or falling[down]) then
      columns[column], rising[up], falling[down] = true, true, true
      place(row + 1)
      columns[column], rising[up], falling[down] = false, false, false
    end
  end
end

for _ = 1, 150 do place(1) end
assert(found == 92 * 150)
