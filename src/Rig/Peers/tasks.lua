-- Functions that wait, for scripts that do one thing after another. They work inside of task(f), each of which is a
-- coroutine; the others of the script go on meanwhile.

local HELD = 65536

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
  after(ms, function() resume(thread) end)
  coroutine.yield()
end

-- Waits for bytes: as many as a number says, up to and with a text, or (nil) whatever comes first. After ms (nil: never)
-- it gives nil, and what came stays for the next call.
function receive(wanted, ms)
  local thread = here("receive")
  local data = #waiting == 0 and take(wanted)
  if data then return data end
  local entry = {thread = thread, wanted = wanted}
  if ms then
    entry.timer = after(ms, function()
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
