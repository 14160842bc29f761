-- The task scheduler of the virtual module: tasks, timers and messages on top of rtos, with the behaviour of V1112
-- (reference §2). Its quirks are wanted: what a script can see here, it sees on a module.
local sys = {}

local rtos, log, coroutine, table = rtos, log, coroutine, table
local unpack, insert, remove = table.unpack, table.insert, table.remove

SCRIPT_LIB_VER = "2.3.2"
COROUTINE_ERROR_ROLL_BACK = true
COROUTINE_ERROR_RESTART = true

-- Ids up to LAST_TASK_ID are waiting tasks, the rest up to LAST_TIMER_ID are timers with a function.
local LAST_TASK_ID = 0x1FFFFF
local LAST_TIMER_ID = 0x7FFFFF

local lastTask = 0
local lastTimer = LAST_TASK_ID
local owners = {}    -- timer id -> waiting task or function
local waiting = {}   -- waiting task -> timer id
local arguments = {} -- timer id -> arguments of its function
local topics = {}    -- topic -> set of subscribers
local published = {} -- messages not yet delivered

-- Passes on what coroutine.resume gave; a failed task is logged and takes the whole script down half a second later.
local function settle(task, ...) -- V1112:56-72
    local outcome = {...}
    if not outcome[1] then
        local report = outcome[2] .. "\r\n" .. debug.traceback(task)
        log.error("coroutine.resume", report)
        if COROUTINE_ERROR_ROLL_BACK then
            sys.timerStart(assert, 500, false, report)
        elseif COROUTINE_ERROR_RESTART then
            rtos.reboot()
        end
    end
    return ...
end

sys.coresume = function(task, ...) -- V1112:73-76
    return settle(task, coroutine.resume(task, ...))
end

function sys.check_task() -- V1112:78-84
    local task, isMain = coroutine.running()
    if isMain then error(debug.traceback("attempt to yield from outside a coroutine")) end
    return task
end

function sys.taskInit(body, ...) -- V1112:163-167
    local task = coroutine.create(body)
    sys.coresume(task, ...)
    return task
end

function sys.wait(ms) -- V1112:90-118
    local task = sys.check_task()
    -- V1112 looks for a free id among the tasks, where no id ever is: after 2 million waits it takes one that is in use.
    lastTask = lastTask < LAST_TASK_ID - 1 and lastTask + 1 or 0
    local id = lastTask
    waiting[task], owners[id] = id, task
    if rtos.timer_start(id, ms) ~= 1 then
        log.debug("rtos.timer_start error")
        return
    end
    local woken = {coroutine.yield()}
    if #woken == 0 then return end
    rtos.timer_stop(id)
    waiting[task], owners[id] = nil, nil
    return unpack(woken)
end

-- A waiting task is woken with the topic and its parameters, or with nothing after the time.
function sys.waitUntil(topic, ms) -- V1112:126-132
    local task = sys.check_task()
    sys.subscribe(topic, task)
    local message = ms and {sys.wait(ms)} or {coroutine.yield()}
    sys.unsubscribe(topic, task)
    return message[1] ~= nil, unpack(message, 2, #message)
end

function sys.waitUntilMsg(topic) -- V1112:135-141
    local task = sys.check_task()
    sys.subscribe(topic, task)
    local message = {coroutine.yield()}
    sys.unsubscribe(topic, task)
    return unpack(message, 2, #message)
end

function sys.waitUntilExt(topic, ms) -- V1112:149-156
    local task = sys.check_task()
    sys.subscribe(topic, task)
    local message = ms and {sys.wait(ms)} or {coroutine.yield()}
    sys.unsubscribe(topic, task)
    if message[1] == nil then return false end
    return unpack(message)
end

local function sameArguments(given, kept) -- V1112:178-189
    if not kept then return #given == 0 end
    if #given ~= #kept then return false end
    for i = 1, #given do
        if given[i] ~= kept[i] then return false end
    end
    return true
end

-- A table may stand for its field cb.
local function isOf(owner, callback)
    return type(owner) == "table" and owner.cb == callback or owner == callback
end

local function drop(id)
    rtos.timer_stop(id)
    owners[id], arguments[id] = nil, nil
end

function sys.timerStop(which, ...) -- V1112:196-214
    if type(which) == "number" then
        drop(which)
        return
    end
    local given = {...}
    for id, owner in pairs(owners) do
        if isOf(owner, which) and sameArguments(given, arguments[id]) then
            drop(id)
            return
        end
    end
end

function sys.timerStopAll(callback) -- V1112:220-227
    for id, owner in pairs(owners) do
        if isOf(owner, callback) then drop(id) end
    end
end

function sys.timerAdvStart(callback, ms, repeats, ...) -- V1112:229-257
    local given = {...}
    sys.timerStop(callback, ...)
    repeat
        if lastTimer >= LAST_TIMER_ID then lastTimer = LAST_TASK_ID end
        lastTimer = lastTimer + 1
    until owners[lastTimer] == nil
    local id = lastTimer
    owners[id] = callback
    if rtos.timer_start(id, ms, repeats) ~= 1 then return end
    if #given ~= 0 then arguments[id] = given end
    return id
end

function sys.timerStart(callback, ms, ...) -- V1112:264-266
    return sys.timerAdvStart(callback, ms, 0, ...)
end

function sys.timerLoopStart(callback, ms, ...) -- V1112:273-275
    return sys.timerAdvStart(callback, ms, -1, ...)
end

function sys.timerIsActive(which, ...) -- V1112:283-293
    if type(which) == "number" then return owners[which] end
    local given = {...}
    for id, owner in pairs(owners) do
        if owner == which and sameArguments(given, arguments[id]) then return true end
    end
end

function sys.subscribe(topic, subscriber) -- V1112:306-319
    if type(topic) == "table" then
        for _, one in pairs(topic) do sys.subscribe(one, subscriber) end
        return
    end
    local set = topics[topic]
    if not set then
        set = {}
        topics[topic] = set
    end
    set[subscriber] = true
end

-- A topic that nobody subscribed raises an error here, as on V1112 (reference §2.4).
function sys.unsubscribe(topic, subscriber) -- V1112:324-341
    if type(topic) == "table" then
        for _, one in pairs(topic) do sys.unsubscribe(one, subscriber) end
        return
    end
    local set = topics[topic]
    if set then set[subscriber] = nil end
    for _ in pairs(set) do return end
    topics[topic] = nil
end

function sys.publish(...) -- V1112:347-349
    insert(published, {...})
end

-- Delivers everything that is published, what subscribers publish meanwhile included.
local function dispatch() -- V1112:352-373
    while #published > 0 do
        local message = remove(published, 1)
        local set = topics[message[1]]
        local subscribers = {}
        if set then
            for subscriber in pairs(set) do insert(subscribers, subscriber) end
        end
        for _, subscriber in ipairs(subscribers) do
            if type(subscriber) == "function" then
                subscriber(unpack(message, 2, #message))
            elseif type(subscriber) == "thread" then
                sys.coresume(subscriber, unpack(message))
            end
        end
    end
end

function sys.safeRun() -- V1112:388-425
    dispatch()
    local message, id, repeatsLeft = rtos.receive(rtos.INF_TIMEOUT)
    local owner = message == rtos.MSG_TIMER and owners[id]
    if not owner then return end
    if id < LAST_TASK_ID then
        owners[id] = nil
        if waiting[owner] ~= id then return end
        waiting[owner] = nil
        sys.coresume(owner)
        return
    end
    local isLast = repeatsLeft == 0
    if isLast then owners[id] = nil end
    if arguments[id] then owner(unpack(arguments[id])) else owner() end
    if isLast then arguments[id] = nil end
end

function sys.run() -- V1112:433-437
    while true do sys.safeRun() end
end

if SYSP then
    function sys.run() end
end

sys_pub = sys.publish

return sys
