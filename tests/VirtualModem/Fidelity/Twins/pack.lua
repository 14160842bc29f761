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
row [[pack.pack(">H", 258), pack.pack("<H", 258), pack.pack(">I", -2), pack.pack("b", 300)]]
row [[pack.pack(">fd", 1.5, -2)]]
row [[pack.pack("z", "ab"), pack.pack(">p", "ab"), pack.pack(">P", "ab"), pack.pack("A", "ab")]]
row [[pack.pack(">h2", 1, 2), pack.pack(">bHi", 1, 2, 3)]]
row [[pack.pack(">H")]]
row [[pack.pack("?", 1)]]
row [[pack.unpack("\1\2\3\4", ">HH"), pack.unpack("\1\2\3\4", "<I")]]
row [[pack.unpack("\255\255", ">hH"), pack.unpack("\255", "b")]]
row [[pack.unpack("ab\0cd", "z"), pack.unpack("\2abc", "p"), pack.unpack("abcd", "A3")]]
row [[pack.unpack("\63\192\0\0", ">f")]]
row [[pack.unpack("abc", "b", 2), pack.unpack("abc", "b", 9)]]
row [[pack.unpack("a", ">I")]]
row [[pcall(pack.unpack, 1)]]
