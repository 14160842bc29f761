_G.sys = require("sys")
local function inner(t) return t.field end
sys.taskInit(function()
    sys.wait(50)
    print("fails")
    inner()
end)
sys.run()
