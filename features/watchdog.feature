Feature: Watchdog
  The watchdog is fed while the processor idles. A script that waits is safe; a script that spins is not.

  Scenario: A busy loop resets the module, at twice the time that was set
    Given the script:
      """
      _G.sys = require("sys")
      log.info("reason", pm.lastReson())
      if wdt then log.info("wdt", wdt.init(9000)) end
      sys.taskInit(function()
        sys.wait(1000)
        log.info("spin")
        while true do end
      end)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.wdt	true"
    And within 2 s the log shows "I/user.spin"
    And the module does not reset for 13 s
    And within 15 s the module boots
    And within 1 s the log shows "I/user.reason	0	0	8"

  @long
  Scenario: A script that only waits is never reset, even if it never feeds
    Given the script:
      """
      _G.sys = require("sys")
      wdt.init(9000)
      sys.taskInit(function()
        log.info("waiting")
        sys.waitUntil("NEVER")
      end)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.waiting"
    And the module does not reset for 3 min

  @long
  Scenario: Feeding by a timer keeps a busy but living script alive
    Given the script:
      """
      _G.sys = require("sys")
      wdt.init(9000)
      sys.timerLoopStart(wdt.feed, 3000)
      sys.taskInit(function()
        while true do
          local n = 0
          for i = 1, 1500000 do n = n + i end
          log.info("worked")
          sys.wait(10)
        end
      end)
      sys.run()
      """
    When power is applied
    Then within 10 s the log shows "I/user.worked"
    And the module does not reset for 2 min

  Scenario: A loop around sys.wait(0) starves everybody until the timer ids it loses fill the heap
    Given the script:
      """
      _G.sys = require("sys")
      sys.timerLoopStart(function() log.info("alive") end, 100)
      sys.taskInit(function()
        sys.wait(500)
        log.info("loop")
        while true do sys.wait(0) end
      end)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.alive"
    And within 1 s the log shows "I/user.loop"
    And within 10 ms the log shows "D/user.rtos.timer_start error"
    And the log does not show "I/user.alive" for 200 ms
    And within 5 s the log shows "E/mem memory allocation failed"

  Scenario Outline: wdt.init takes 1 to 60 seconds: <ms> ms
    Given the script:
      """
      _G.sys = require("sys")
      log.info("wdt", wdt.init(<ms>))
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.wdt	<result>"

    Examples:
      | ms    | result |
      | 9000  | true   |
      | 1000  | true   |
      | 999   | false  |
      | 60000 | true   |
      | 61000 | false  |
