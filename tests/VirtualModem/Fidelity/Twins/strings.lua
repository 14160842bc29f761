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
row [[("AB12"):toHex(), ("\1\255"):toHex(" "), ("4142"):fromHex(), ("4x4"):fromHex()]]
row [[("1,2,,3"):split(","), ("1,2,,3"):split(",", true), ("abc"):split("")]]
row [[("a b&c=d/e?\200"):urlEncode()]]
row [[("hello"):toBase64(), ("aGVsbG8="):fromBase64(), ("aGVsbG8"):fromBase64()]]
row [[("abc"):startsWith("ab"), ("abc"):endsWith("bc"), ("abc"):startsWith("")]]
row [[("  x \t\n"):trim(), ("  x "):trim(true, false), ("  x "):trim(false, true)]]
row [[("12ab"):toValue()]]
row [[("%5.2f|%-6d|%+d|%05d"):format(3.14159, 42, 7, -3)]]
row [[("%x %X %o %c %e %g"):format(255, 255, 8, 65, 12345.678, 0.0001)]]
row [[("%q"):format("a\n\"b\"\0c")]]
row [[("%s %10s|%-10s|%.2s"):format(nil, "r", "l", "cut")]]
row [[("%d"):format(1.5)]]
row [[("%d"):format("3"), ("%i"):format(3.0)]]
row [[("%a"):format(1)]]
row [[("%y"):format(1)]]
row [[("x"):rep(3, "-"), ("x"):rep(-1), ("abc"):reverse(), ("abc"):upper()]]
row [[("abc"):byte(1, -1), ("abc"):sub(-2), ("abc"):sub(2, 10)]]
row [[("key=val"):match("(%w+)=(%w+)"), ("a.b"):gsub("%.", "%%"), ("abc"):find("b", 1, true)]]
row [[("abc"):gsub("b", "%2")]]
row [[("x"):find("[a")]]
row [[("THE (quick) fox"):find("%((%a+)%)"), ("f(a(b)c)"):match("%b()"), ("THE"):match("%f[%a]%a+")]]
row [[string.pack(">I2s1z", 258, "ab", "cd"), string.unpack("<i2", "\255\255"), string.packsize("i4i2")]]
row [[string.char(72, 256)]]
row [[#tostring(12345), tostring(-0.0), tostring(1e15), tostring(2^31), tostring(1/0)]]
