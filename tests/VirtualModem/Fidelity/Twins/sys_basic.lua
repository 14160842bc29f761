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
_G.sys = require("sys")
row [[sys.timerStart(print, 0)]]
sys.subscribe("topic", function(...) print("got", ...) end)
sys.publish("topic", 1, nil, 3)
sys.taskInit(function(a, b)
    print("task", a, b)
    print("wait", sys.wait(100))
    print("until", sys.waitUntil("never", 50))
    sys.timerStart(function() sys.publish("late", "x", 2) end, 20)
    print("until", sys.waitUntil("late", 500))
    local n = 0
    local id = sys.timerLoopStart(function(tag) n = n + 1 print("loop", tag, n) end, 30, "t")
    sys.wait(100)
    print("active", sys.timerIsActive(id))
    sys.timerStop(id)
    print("active", sys.timerIsActive(id))
    sys.unsubscribe("topic", print)
    sys.publish("topic", "still")
    sys.wait(10)
    print("== DONE")

end, "A", 2)
row [[pcall(sys.taskInit, nil)]]
row [[pcall(sys.wait, 10)]]
sys.run()
