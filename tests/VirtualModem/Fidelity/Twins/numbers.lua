local function text(v)
    if type(v) == "string" then
        return '"' .. v:gsub('[^ -~]', function(c) return ("\\x%02X"):format(c:byte()) end) .. '"'
    elseif type(v) == "table" then
        local keys, out = {}, {}
        for k in pairs(v) do keys[#keys + 1] = k end
        table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
        for i, k in ipairs(keys) do out[i] = tostring(k) .. "=" .. text(v[k]) end
        return "{" .. table.concat(out, ";") .. "}"
    end
    local kind = math.type(v) or ""
    if kind ~= "" then return kind:sub(1, 1) .. tostring(v) end
    return type(v) == "boolean" and tostring(v) or type(v)
end
local function row(code)
    local f, why = load("return " .. code, "=row")
    local r = f and table.pack(pcall(f)) or table.pack(false, why)
    for i = 1, r.n do r[i] = text(r[i]) end
    print(code .. " -> " .. table.concat(r, ", ", 1, r.n))
end
row [[1, 1.0, -7 // 2, -7 % 3, 7 // 0.0, 5 % -3, 5.5 // 2]]
row [[pcall(function() return 1 // 0 end)]]
row [[pcall(function() return 1 % 0 end)]]
row [[2^10, 10 / 2, 3 | 4, ~0, 1 << 31, 1 << 32, 1 >> 1]]
row [[math.maxinteger, math.mininteger, math.maxinteger + 1]]
row [[0x7fffffff, 0xffffffff, 0x100000000, 4294967295, 2147483648]]
row [[tonumber("0x10"), tonumber("  12  "), tonumber("1e2"), tonumber("z", 36), tonumber("8", 8), tonumber("")]]
row [[math.floor(2.7), math.ceil(2.2), math.floor(-2.7), math.tointeger(3.0), math.tointeger("3")]]
row [[math.fmod(-7, 3), math.abs(-2), math.max(1, 2.5), math.ult(1, -1)]]
row [[0.1, 0.1 + 0.2, 1/3, 100, 1e100, 123456789.123]]
row [[16777217.0, 3.0 == 3, 1e7, 1234567.0, 0.00001]]
row [["10" + 5, "3" * "4", 10 .. 20]]
row [["abc" + 1]]
row [[{} + 1]]
row [[1 < 1.5, "a" < "b", 2^53 == 2^53 + 1]]
row [[1 < "2"]]
row [[1.5 | 1]]
row [["1.5" | 1]]
row [[math.pi, math.huge, -math.huge, math.sqrt(2), math.sin(1), math.exp(1)]]
row [[string.format("%.3f %d %5.1f", 2/3, 3, 1e6)]]
row [[#"abc", -2^2, not nil, 7 // -2, 7.5 % -2]]
row [[math.type(1), math.type(1.0), math.type("1")]]
row [[bit32.band(-1, 255), bit32.bnot(0), bit32.lshift(1, 31), bit32.arshift(-8, 1), bit32.extract(255, 4, 2)]]
