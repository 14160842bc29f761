-- Functions that wait, for scripts that do one thing after another. They work inside of task(f), each of which is a
-- coroutine; the others of the script go on meanwhile.

local HELD = 65536
local LONGEST = 86400000000

-- The script may give these names to something else.
local after, cancel, log, error, pcall, type, tonumber = after, cancel, log, error, pcall, type, tonumber

local held = ""
local waiting = {}

local function resume(thread, ...)
  local ok, problem = coroutine.resume(thread, ...)
  if not ok then error(problem, 0) end
end

local function here(name)
  local thread, main = coroutine.running()
  if main then error(name .. " waits, so it must be called inside of task(function() … end)", 3) end
  return thread
end

-- A timer for the function of that name. Errors are at the line of its caller.
local function timer(index, name, ms, f)
  local duration = tonumber(ms)
  if not (duration and duration >= 0 and duration <= LONGEST) then
    error("bad argument #" .. index .. " to '" .. name .. "' (0 to " .. LONGEST .. " ms)", 3)
  end
  local ok, started = pcall(after, duration, f)
  if not ok then error(started, 3) end
  return started
end

-- What the first one who waits gets of what is held; nil: it is not there yet.
local function take(wanted)
  local count
  if type(wanted) == "number" then
    count = #held >= wanted and wanted
  elseif wanted then
    local _, last = held:find(wanted, 1, true)
    count = last
  else
    count = #held > 0 and #held
  end
  if not count then return nil end
  local taken = held:sub(1, count)
  held = held:sub(count + 1)
  return taken
end

-- Runs f until it waits, and then on whenever what it waits for is there.
function task(f)
  resume(coroutine.create(f))
end

function sleep(ms)
  local thread = here("sleep")
  timer(1, "sleep", ms, function() resume(thread) end)
  coroutine.yield()
end

-- Waits for bytes: as many as a number says, up to and with a text, or (nil) whatever comes first. After ms (nil:
-- never) it gives nil, and what came stays for the next call.
function receive(wanted, ms)
  local thread = here("receive")
  local kind = type(wanted)
  if kind ~= "nil" and kind ~= "string" and not (kind == "number" and wanted >= 0 and wanted % 1 == 0) then
    error("bad argument #1 to 'receive' (a number of bytes, a text, or nil)", 2)
  end
  local data = #waiting == 0 and take(wanted)
  if data then return data end
  local entry = {thread = thread, wanted = wanted}
  if ms then
    entry.timer = timer(2, "receive", ms, function()
      for i, other in ipairs(waiting) do
        if other == entry then table.remove(waiting, i) break end
      end
      resume(thread, nil)
    end)
  end
  waiting[#waiting + 1] = entry
  return coroutine.yield()
end

-- The rig calls what this chunk returns: for bytes that no on_data takes, and to know whether somebody waits for some.
return function(data)
  held = held .. data
  while waiting[1] do
    local entry = waiting[1]
    local got = take(entry.wanted)
    if not got then break end
    table.remove(waiting, 1)
    if entry.timer then cancel(entry.timer) end
    resume(entry.thread, got)
  end
  if #held > HELD then
    log("more than " .. HELD .. " bytes came and were not received; the first ones are dropped")
    held = held:sub(-HELD)
  end
end, function()
  return #waiting > 0
end
