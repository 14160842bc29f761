-- Floats and arrays: the largest singular value of a matrix that is computed as it is used.
local n = 160

local function cell(i, j)
  local k = i + j
  return 1.0 / (k * (k + 1) * 0.5 + i + 1)
end

local function times(v, w)
  for i = 0, n - 1 do
    local sum = 0.0
    for j = 0, n - 1 do sum = sum + cell(i, j) * v[j + 1] end
    w[i + 1] = sum
  end
end

local function timesTransposed(v, w)
  for i = 0, n - 1 do
    local sum = 0.0
    for j = 0, n - 1 do sum = sum + cell(j, i) * v[j + 1] end
    w[i + 1] = sum
  end
end

local u, v, t = {}, {}, {}
for i = 1, n do u[i] = 1.0 end
for _ = 1, 10 do
  times(u, t)
  timesTransposed(t, v)
  times(v, t)
  timesTransposed(t, u)
end

local uv, vv = 0.0, 0.0
for i = 1, n do
  uv = uv + u[i] * v[i]
  vv = vv + v[i] * v[i]
end
assert((uv / vv) ^ 0.5 > 1.27)
