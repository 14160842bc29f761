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
row [==[json.encode({1, 2.5, "a/b", true})]==]
row [==[json.encode({name = "x", list = {}})]==]
row [==[json.encode({[1] = 1, [3] = 3})]==]
row [==[json.encode("\0\1\31\127\200")]==]
row [==[json.encode(1e-9), json.encode(-0.0), json.encode(123456.789)]==]
row [==[json.encode({0.1}, "2f"), json.encode({0.1}, "9f"), json.encode({1e10}, "3f")]==]
row [==[json.encode(0/0)]==]
row [==[json.encode(print)]==]
row [==[json.encode({1, nil, 3})]==]
row [==[json.encode(json.null)]==]
row [==[json.decode('{"a":[1,2.0,-3e2],"b":null,"c":"\\u00e9\\ud83d\\ude00"}')]==]
row [==[json.decode('[1,2'), json.decode('')]==]
row [==[json.decode('{"a":1,}')]==]
row [==[json.decode('"tab\there"')]==]
row [==[json.decode('123456789012')]==]
row [==[json.decode('[0x10, 1e5, .5]')]==]
row [==[json.decode('nul')]==]
row [==[json.decode('[[[[[[1]]]]]]')]==]
row [==[pcall(json.encode)]==]
row [==[pcall(json.decode, {})]==]
