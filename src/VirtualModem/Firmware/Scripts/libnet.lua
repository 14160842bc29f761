-- Sockets that wait, for tasks made by sysplus.taskInitEx (reference-net §2.2). The vendor's library of this name is a
-- file of Luatools; this one is AirHil's own, written from its described behaviour.
local libnet = {}

-- Starts something with a function of socket and waits for its event: true, false, or nil after ms milliseconds.
-- The last result is the function's own second value, for those who tell it.
local function await(name, ms, event, begun, ended)
    if not begun then return false end
    if ended then return true end
    local message = sys_wait(name, event, ms)
    if type(message) ~= "table" then return nil end
    return message[2] == 0
end

-- Waits for the link. ms nil or 0: for ever, here and below.
function libnet.waitLink(name, ms, ...)
    return await(name, ms, socket.LINK, socket.linkup(...)) or false
end

function libnet.connect(name, ms, ...)
    return await(name, ms, socket.ON_LINE, socket.connect(...)) or false
end

function libnet.listen(name, ms, ...)
    return await(name, ms, socket.ON_LINE, socket.listen(...)) or false
end

-- Sends and waits for the acknowledgement. The second value: whether the buffer is full.
function libnet.tx(name, ms, ...)
    local begun, full, ended = socket.tx(...)
    if not begun then return false, full end
    if full then return true, true end
    if await(name, ms, socket.TX_OK, begun, ended) then return true, false end
    return false, full
end

-- Waits for data or for an end: true,true; true,false after ms milliseconds; false,false where the link is lost.
function libnet.wait(name, ms, netc)
    local result = await(name, ms, socket.EVENT, socket.wait(netc))
    if result == nil then return true, false end
    return result, result
end

-- Ends in order, then at once; the control stays.
function libnet.close(name, ms, netc)
    await(name, ms, socket.CLOSED, socket.discon(netc))
    socket.close(netc)
end

return libnet
