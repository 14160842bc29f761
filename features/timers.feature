Feature: Tasks, timers and messages
  One Lua thread, one mailbox: what waits, what fires, and in which order.

  Scenario: Waits are exact to the millisecond and return nothing
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        log.info("begin")
        log.info("end", select("#", sys.wait(1234)))
      end)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.begin"
    And after 1234 ms ± 2 ms the log shows "I/user.end	0"

  Scenario: waitUntil sees only what is published while it waits
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        sys.publish("EARLY", 1)
        sys.wait(10)
        log.info("early", sys.waitUntil("EARLY", 500))
        sys.timerStart(sys.publish, 100, "LATE", 7, "x")
        log.info("late", sys.waitUntil("LATE", 500))
      end)
      sys.run()
      """
    When power is applied
    Then within 2 s the log shows "I/user.early	false"
    And after 100 ms ± 10 % the log shows "I/user.late	true	7	x"

  Scenario: A loop timer that could not run catches up
    Given the script:
      """
      _G.sys = require("sys")
      local n = 0
      sys.timerLoopStart(function() n = n + 1 log.info("tick", n) end, 3000)
      sys.timerStart(function()
        local t = mcu.ticks()
        while mcu.ticks() - t < 10000 do end
        log.info("free again")
      end, 1000)
      sys.run()
      """
    When power is applied
    Then within 13 s the log shows "I/user.free again"
    And within 100 ms the log shows "I/user.tick	3"

  Scenario: Sixty-four timers and no more
    Given the script:
      """
      _G.sys = require("sys")
      local started = 0
      for i = 1, 70 do
        if sys.timerStart(function(k) end, 60000, i) then started = started + 1 end
      end
      log.info("started", started)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "E/timer too many timers"
    And within 1 s the log shows "I/user.started	64"

  Scenario: A timer callback is no task
    Given the script:
      """
      _G.sys = require("sys")
      sys.timerStart(function() log.info("ok?", (pcall(sys.wait, 10))) end, 100)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.ok?	false"
