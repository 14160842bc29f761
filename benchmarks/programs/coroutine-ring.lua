-- A token that goes round a ring of coroutines.
local size = 100
local ring = {}
for i = 1, size do
  ring[i] = coroutine.create(function(token)
    while true do token = coroutine.yield(token - 1) end
  end)
end

local token, at = 900000, 1
while token > 0 do
  local ok
  ok, token = coroutine.resume(ring[at], token)
  assert(ok)
  at = at % size + 1
end
