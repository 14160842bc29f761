-- Sends a numbered reading to the cloud every 15 seconds.
PROJECT = "reporter"
VERSION = "1.0.0"

_G.sys = require("sys")

local PERIOD_MS = 15000

local wsc
local number = 0

local function report()
    number = number + 1
    wsc:send((json.encode({no = number})))
end

sys.taskInit(function()
    sys.waitUntil("IP_READY")
    wsc = websocket.create(nil, "wss://cloud.example/reports")
    wsc:autoreconn(true, 3000)
    wsc:on(function(_, event)
        if event == "conack" then
            sys.timerLoopStart(report, PERIOD_MS)
        end
    end)
    wsc:connect()
end)

sys.run()
