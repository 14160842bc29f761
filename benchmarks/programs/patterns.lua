-- gmatch, gsub, find and match.
local text = ("key=value; other = 42, last:word\n"):rep(600)
for _ = 1, 60 do
  local pairsFound = 0
  for key, value in text:gmatch("(%w+)%s*=%s*(%w+)") do
    if key ~= value then pairsFound = pairsFound + 1 end
  end
  assert(pairsFound == 1200)
  assert(select(2, text:gsub("%s+", "_")) > 0)
  assert(select(2, text:gsub("%a+", { key = "K", word = "W" })) == 3000)
  local at, lines = 1, 0
  while true do
    local first, last = text:find("\n", at, true)
    if not first then break end
    if text:match("^%w+", at) == "key" then lines = lines + 1 end
    at = last + 1
  end
  assert(lines == 600)
end
