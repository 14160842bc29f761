Feature: Errors in the script
  Where an error happens decides what is logged and when the module reboots; the reason of the next start is always "software".

  Scenario: In a task: the traceback at once, the others run on for half a second, then the VM exits
    Given the script:
      """
      _G.sys = require("sys")
      log.info("reason", pm.lastReson())
      sys.timerLoopStart(function() log.info("alive") end, 200)
      local function inner()
        local t = nil
        return t.field
      end
      sys.taskInit(function()
        sys.wait(1000)
        inner()
      end)
      sys.run()
      """
    When power is applied
    Then within 2 s the log shows "E/user.coroutine.resume	main.lua:6: attempt to index a nil value (local 't')"
    And within 300 ms the log shows "I/user.alive"
    And after 500 ms ± 10 % since "coroutine.resume" the log shows "E/main Luat:"
    And within 10 ms the log shows "main.lua:6: attempt to index a nil value (local 't')"
    And within 10 ms the log shows "E/main Lua VM exit!! reboot in 15000ms"
    And the log does not show "I/user.alive" for 10 s
    And after 15 s ± 2 % since "Lua VM exit" the module boots
    And within 1 s the log shows "I/user.reason	0	0	3"

  Scenario Outline: In <where>: no traceback, the VM exits at once
    Given the script:
      """
      _G.sys = require("sys")
      <code>
      sys.run()
      """
    When power is applied
    Then within 8 s the log shows "E/main Luat:"
    And within 10 ms the log shows "E/main main.lua:2: <message>"
    And within 10 ms the log shows "E/main Lua VM exit!! reboot in 15000ms"
    And after 15 s ± 2 % the module boots

    Examples:
      | where                 | code                                                                  | message    |
      | the main chunk        | error("in main")                                                      | in main    |
      | a timer callback      | sys.timerStart(function() error("in timer") end, 500)                 | in timer   |
      | a subscriber          | sys.subscribe("IP_READY", function() error("in subscriber") end)      | in subscriber |

  Scenario: In a UART callback
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 115200)
      uart.on(1, "receive", function(id, len) error("in uart: " .. uart.read(id, len)) end)
      sys.run()
      """
    And the module is running
    When 'boom' arrives at UART 1
    Then within 1 s the log shows "E/main main.lua:3: in uart: boom"
    And after 15 s ± 2 % the module boots

  Scenario: A main chunk that ends without sys.run
    Given the script:
      """
      log.info("that", "was it")
      """
    When power is applied
    Then within 1 s the log shows "I/user.that	was it"
    And within 10 ms the log shows "E/main Lua VM exit!! reboot in 15000ms"
    And after 15 s ± 2 % the module boots

  Scenario: A syntax error is met at every boot
    Given the script:
      """
      _G.sys = require("sys")
      log.info("start"
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "E/main main.lua:3: ')' expected (to close '(' at line 2) near 'sys'"
    And after 15 s ± 2 % the module boots
    And within 1 s the log shows "E/main main.lua:3: ')' expected (to close '(' at line 2) near 'sys'"

  Scenario: COROUTINE_ERROR_ROLL_BACK off: a dead task and nothing else
    Given the script:
      """
      _G.sys = require("sys")
      COROUTINE_ERROR_ROLL_BACK = false
      COROUTINE_ERROR_RESTART = false
      sys.timerLoopStart(function() log.info("alive") end, 1000)
      sys.taskInit(function() sys.wait(500) error("only me") end)
      sys.run()
      """
    When power is applied
    Then within 2 s the log shows "E/user.coroutine.resume	main.lua:5: only me"
    And the module does not reset for 30 s
    And within 2 s the log shows "I/user.alive"

  Scenario: A leak ends in "not enough memory"
    Given the script:
      """
      _G.sys = require("sys")
      local keep = {}
      sys.taskInit(function()
        while true do
          for i = 1, 20 do keep[#keep + 1] = string.rep("x", 200) .. #keep end
          sys.wait(10)
        end
      end)
      sys.run()
      """
    When power is applied
    Then within 60 s the log shows "E/mem memory allocation failed total 262136"
    And within 1 s the log shows "not enough memory"
    And within 1 s the log shows "E/main Lua VM exit!! reboot in 15000ms"

  Scenario: A library that the model does not have says so by name
    Given the script may call "eink.init" although it is not modelled
    And the script:
      """
      _G.sys = require("sys")
      eink.init(eink.MODEL_1in54)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "eink.init is not modelled"

  Scenario: What V1112 does not have is nil
    Given the script:
      """
      _G.sys = require("sys")
      log.info("absent", httpsrv, netdrv, socket.dft, rawequal(sysplus, nil))
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.absent	nil	nil	nil	true"
