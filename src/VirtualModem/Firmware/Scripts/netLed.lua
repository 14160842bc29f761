-- A light that tells the state of the network. The vendor's library of this name is a file of Luatools; this one is
-- AirHil's own, written from its behaviour: its functions, topics, default pin and times.
local sys = require("sys")

netLed = {}

-- Milliseconds on and off in each state; 0 on means off for good.
local times = {
    NULL = {0, 0xFFFF}, FLYMODE = {0, 0xFFFF}, SIMERR = {300, 5700},
    IDLE = {300, 3700}, GPRS = {300, 700}, SCK = {100, 100},
}
local known = {}
local state = "NULL"
local is_on, lte_is_on = false, false

function netLed.setState()
    log.info("netLed.setState", is_on, state, known.fly, known.sim, known.ip, known.socket)
    if not is_on then return end
    local now = known.fly and "FLYMODE" or known.sim and "SIMERR" or known.socket and "SCK" or known.ip and "GPRS"
        or "IDLE"
    if now == state then return end
    state = now
    sys.publish("NET_LED_UPDATE")
end

-- The task of the light: pin is a function of gpio.setup. It ends where the light is switched off.
function netLed.taskLed(pin)
    while is_on do
        local on, off = times[state][1], times[state][2]
        local changed = false
        if on > 0 then
            pin(1)
            changed = sys.waitUntil("NET_LED_UPDATE", on)
        end
        if off > 0 and not changed then
            pin(0)
            sys.waitUntil("NET_LED_UPDATE", off)
        end
    end
    pin(0)
end

-- The task of the LTE light: it shows the argument of LTE_LED_UPDATE.
function netLed.taskLte(pin)
    while true do
        local _, lit = sys.waitUntil("LTE_LED_UPDATE")
        if lte_is_on then pin(lit and 1 or 0) end
    end
end

function netLed.setup(on, led, lte)
    local begins = on and not is_on
    if on ~= is_on then
        is_on = on
        sys.publish("NET_LED_UPDATE")
    end
    lte_is_on = on
    if not begins then return end
    sys.taskInit(netLed.taskLed, gpio.setup(led or 27, 0))
    if lte then sys.taskInit(netLed.taskLte, gpio.setup(lte, 0)) end
end

function netLed.setBlinkTime(name, on, off)
    local old = times[name]
    if not old then
        log.error("netLed.setBlinkTime")
        return
    end
    local new = {on or old[1], off or old[2]}
    if new[1] == old[1] and new[2] == old[2] then return end
    times[name] = new
    sys.publish("NET_LED_UPDATE")
end

-- One breath in a task: brighter in 17 steps of 18 ms, and 700 ms of light.
function netLed.setupBreateLed(pin)
    for lit = 1, 17 do
        pin(0)
        sys.wait(18 - lit)
        pin(1)
        sys.wait(lit)
    end
    pin(1)
    sys.wait(700)
end

local function learn(key, value)
    if known[key] == value then return end
    known[key] = value
    netLed.setState()
end

sys.subscribe("FLYMODE", function(mode) learn("fly", mode) end)
sys.subscribe("SOCKET_ACTIVE", function(active) learn("socket", active) end)
sys.subscribe("SIM_IND", function(status)
    -- A number that was read says nothing about the card.
    if status ~= "GET_NUMBER" then learn("sim", status ~= "RDY") end
    log.info("sim status", status)
end)
sys.subscribe("IP_READY", function(ip, adapter)
    learn("ip", adapter)
    log.info("mobile", "IP_READY", ip, (adapter or -1) == socket.LWIP_GP)
end)
sys.subscribe("IP_LOSE", function()
    if known.ip then learn("ip", false) end
    log.info("mobile", "IP_LOSE", false)
end)

return netLed
