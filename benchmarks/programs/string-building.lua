-- Concatenation, numbers to text, string.rep and table.concat.
for _ = 1, 12 do
  local parts = {}
  for i = 1, 20000 do parts[#parts + 1] = "item" .. i .. ";" end
  assert(#table.concat(parts, ",") > 180000)
  local line = ""
  for i = 1, 2000 do line = line .. string.char(65 + i % 26) end
  assert(#line:rep(20):upper():reverse() == 40000)
end
