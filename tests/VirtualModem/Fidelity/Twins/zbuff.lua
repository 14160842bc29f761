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
local function b(n) local z = zbuff.create(n or 8) z:write("abcdefgh") return z end
_G.b = b
row [[zbuff.create(0), zbuff.create(-1)]]
row [[zbuff.create("x")]]
row [[pcall(zbuff.create, {})]]
row [[zbuff.create(4, "hello"):toStr(), zbuff.create(4, 300):toStr()]]
row [[b():used(), b():len(), #b(), b()[0], b()[8], b()[-1] ]]
row [[b():seek(-3, zbuff.SEEK_END), b():seek(99), b():seek(-99, 1), b():seek(0, 7)]]
row [[(function() local z = b() z:del(-2) return z:used(), z:toStr() end)()]]
row [[(function() local z = b() z:set(2, 90, 3) return z:toStr() end)()]]
row [[(function() local z = b() z:set(6, 90, 30) return z:toStr() end)()]]
row [[(function() local z = b() z:clear(65) return z:toStr(), z:used() end)()]]
row [[(function() local z = b() z:resize(4) return z:toStr(), z:used(), z:len() end)()]]
row [[(function() local z = b() z:seek(0) return z:readI8(), z:readU16(), z:readI32(), z:readI64() end)()]]
row [[(function() local z = b() z:seek(0) z:writeI32(-2) z:writeF32(1.5) z:seek(0) return z:readI32(), z:readF32() end)()]]
row [[(function() local z = b() return z:copy(2, "ZZ"), z:copy(nil, 1, 2, 3), z:toStr(0, 11), z:used() end)()]]
row [[(function() local z = b() return z:copy(-3, "Q"), z:copy(-30, "Q"), z:toStr(0, 8) end)()]]
row [[b():toStr(3), b():toStr(3, 2), b():toStr(9), b():toStr(6, 9)]]
row [[b():query(), b():query(2, 2), b():query(0, 1), b():query(0, 2, true)]]
row [[b():isEqual(0, b(), 0, 8), b():isEqual(0, b(), 1, 2)]]
row [[b():pack(">HI", 1, 2), b():used()]]
row [[(function() local z = b() z:seek(0) return z:unpack(">HbB") end)()]]
row [[b().nothing, pcall(b().read)]]
