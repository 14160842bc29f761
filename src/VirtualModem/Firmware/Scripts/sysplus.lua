-- Tasks with a name and a message queue of their own, with the behaviour of V1112 (reference §2.5).
local sys = require "sys"
local sysplus = {}
local unpack = table.unpack

-- The objects that C functions such as http.request return: t.wait() and t.cb(f).
sysplus.cwaitMt = {
    wait = function(topic, failure) -- V1112:18-25
        return function() -- V1112:19-24
            if type(failure) == "table" then return unpack(failure) end
            return sys.waitUntilMsg(topic)
        end
    end,
    cb = function(topic, failure) -- V1112:26-37
        return function(callback) -- V1112:27-36
            if type(callback) ~= "function" then return end
            sys.taskInit(function() -- V1112:29-35
                if type(failure) == "table" then
                    callback(unpack(failure))
                else
                    callback(sys.waitUntilMsg(topic))
                end
            end)
        end
    end,
}

sysplus.cwaitMt.__index = function(object, name) -- V1112:40-45
    local make = sysplus.cwaitMt[name]
    if make then return make(rawget(object, "w"), rawget(object, "r")) end
end

function sys_cw(topic, ...) -- V1112:47-52
    local failure = {...}
    return setmetatable({w = topic, r = #failure > 0 and failure or nil}, sysplus.cwaitMt)
end

local tasks = {} -- name -> {queue, late, callback}

function sysplus.taskInitEx(body, name, callback, ...) -- V1112:67-70
    tasks[name] = {queue = {}, late = false, callback = callback}
    return sys.taskInit(body, ...)
end

function sysplus.taskDel(name) -- V1112:76-78
    tasks[name] = nil
end

local function giveUp(name) -- V1112:80-83
    tasks[name].late = true
    sys.publish(name)
end

-- The next message if it is the wanted one; another one goes to the task's callback.
local function take(name, target)
    local task = tasks[name]
    local message = table.remove(task.queue, 1)
    if target == nil or message[1] == target then return message end
    if type(task.callback) == "function" then task.callback(message) end
end

function sysplus.waitMsg(name, target, ms) -- V1112:91-142
    if tasks[name] == nil then
        log.error("sysplus", "sys.taskInitEx启动的task才能使用waitMsg")
        return false
    end
    if #tasks[name].queue > 0 then
        local message = take(name, target)
        if message then return message end
    end
    sys.subscribe(name, coroutine.running())
    sys.timerStop(giveUp, name)
    if ms and ms ~= 0 then sys.timerStart(giveUp, ms, name) end
    tasks[name].late = false
    local message
    repeat
        coroutine.yield()
        if #tasks[name].queue > 0 then
            message = take(name, target)
        elseif tasks[name].late then
            break
        end
    until message
    if tasks[name].late then message = nil end
    tasks[name].late = false
    sys.timerStop(giveUp, name)
    sys.unsubscribe(name, coroutine.running())
    return message
end

function sysplus.sendMsg(name, p1, p2, p3, p4) -- V1112:152-159
    local task = tasks[name]
    if task == nil then return false end
    table.insert(task.queue, {p1, p2, p3, p4})
    sys.publish(name)
    return true
end

function sysplus.cleanMsg(name) -- V1112:161-167
    local task = tasks[name]
    if task == nil then return false end
    task.queue = {}
    return true
end

function sysplus.taskCB(name, message) -- V1112:169-177
    local task = tasks[name]
    if task and type(task.callback) == "function" then
        task.callback(message)
        return
    end
    log.error(name, "no cb fun")
end

sys_send = sysplus.sendMsg
sys_wait = sysplus.waitMsg

return sysplus
