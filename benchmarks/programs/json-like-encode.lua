-- Tables to text, as an encoder written in Lua does it.
local encode
local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n" }

local function quoted(text) return '"' .. text:gsub('["\\\n]', escapes) .. '"' end

local function encodeTable(value, out)
  if #value > 0 then
    out[#out + 1] = "["
    for i, item in ipairs(value) do
      if i > 1 then out[#out + 1] = "," end
      encode(item, out)
    end
    out[#out + 1] = "]"
    return
  end
  local keys = {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys)
  out[#out + 1] = "{"
  for i, key in ipairs(keys) do
    if i > 1 then out[#out + 1] = "," end
    out[#out + 1] = quoted(key)
    out[#out + 1] = ":"
    encode(value[key], out)
  end
  out[#out + 1] = "}"
end

function encode(value, out)
  local kind = type(value)
  if kind == "table" then
    encodeTable(value, out)
  elseif kind == "string" then
    out[#out + 1] = quoted(value)
  else
    out[#out + 1] = tostring(value)
  end
end

local rows = {}
for i = 1, 200 do
  rows[i] = { id = i, name = 'row "' .. i .. '"', ok = i % 2 == 0, tags = { "a", "b\n", "c" }, at = { x = i, y = -i } }
end

local length
for _ = 1, 80 do
  local out = {}
  encode({ rows = rows, total = #rows }, out)
  local text = table.concat(out)
  assert(not length or length == #text)
  length = #text
end
