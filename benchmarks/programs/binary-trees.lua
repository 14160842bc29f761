-- Allocation: trees that are built, walked and dropped.
local function make(depth)
  if depth == 0 then return {} end
  return { make(depth - 1), make(depth - 1) }
end

local function count(tree)
  if tree[1] then return 1 + count(tree[1]) + count(tree[2]) end
  return 1
end

local kept = make(13)
for _ = 1, 100 do assert(count(make(12)) == 8191) end
assert(count(kept) == 16383)
