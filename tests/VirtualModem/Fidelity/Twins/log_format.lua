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
log.info("tag", 1, 2.5, true, nil, "end")
log.debug("tag") log.warn("tag", "w") log.error("tag", "e")
log.info("tag", nil) log.info(nil, "x") log.info(7, 8) log.info(true, false)
log.info("tag", "a\tb") log.info("tag", "two\nlines") log.info("tag", "\228\184\173")
row [[log.info("r"), log.getLevel(), log.style()]]
row [[log.LOG_SILENT, log.LOG_DEBUG, log.LOG_INFO, log.LOG_WARN, log.LOG_ERROR]]
print("a", 1, nil, 2.5)
log.style(1) log.info("tag", "one")
log.style(2) log.info("tag", "two")
log.style(0)
log.setLevel("WARN") log.info("tag", "hidden") log.warn("tag", "shown")
row [[log.getLevel(), log.setLevel(log.LOG_DEBUG), log.getLevel()]]
log.setLevel("nonsense")
row [[log.getLevel()]]
log.info("tag", ("x"):rep(200))
row [[log.info({}, 1)]]
log.setLevel("DEBUG")
print("== DONE")
