Feature: What the module keeps in flash
  The rig puts files and keys there before or while a script runs, and sees what the script makes of them.

  Scenario: A script finds the settings that the rig has put, and writes them
    Given the script:
      """
      _G.sys = require("sys")
      fskv.init()
      local settings = json.decode(io.readFile("/conf/settings.json"))
      log.info("settings", settings.interval, fskv.get("boot"), fskv.get("name"), fskv.get("on"), fskv.get("t").a)
      fskv.set("boot", fskv.get("boot") + 1)
      fskv.set("factor", 0.5)
      fskv.set("t", { a = 2, list = { "x" } })
      fskv.del("name")
      io.writeFile("/log.txt", ("x"):rep(120))
      sys.timerStart(function()
        io.writeFile("/log.txt", "second", "ab")
        os.remove("/conf/settings.json")
        fskv.set("on", false)
      end, 5000)
      sys.run()
      """
    And the file "/conf/settings.json" holds:
      """
      {"interval": 30}
      """
    And the key "boot" holds "3"
    And the key "name" holds '"Zähler"'
    And the key "on" holds "true"
    And the key "t" holds '{"a": 1}'
    When power is applied
    Then within 1 s the log shows "settings	30	3	Zähler	true	1"
    And within 1 s the key "boot" holds "4"
    And within 1 s the key "factor" holds "0.5"
    And within 1 s the key "t" holds '{"list": ["x"], "a": 2}'
    And within 1 s there is no key "name"
    And within 1 s the file "/log.txt" has 120 bytes
    And within 10 s the file "/log.txt" contains "xsecond"
    And within 1 s there is no file "/conf/settings.json"
    And within 1 s the key "on" holds "false"

  Scenario: A key that the script makes is seen from then on
    Given the script:
      """
      _G.sys = require("sys")
      fskv.init()
      sys.timerStart(function() fskv.set("new", "") fskv.set("endless", 1 / 0) end, 2000)
      sys.run()
      """
    When power is applied
    Then within 1 s there is no key "new"
    And within 1 s there is no key "endless"
    And within 5 s the key "new" holds '""'
    And within 1 s the key "endless" holds '"inf"'

  Scenario: Files and keys change under a running script
    Given the script:
      """
      _G.sys = require("sys")
      fskv.init()
      sys.timerLoopStart(function() log.info("now", fskv.get("k"), (io.readFile("/a.txt"))) end, 1000)
      sys.run()
      """
    And the file "/a.txt" holds "one\ntwo"
    And the module is running
    When the file "/a.txt" becomes "three"
    And the key "k" becomes "7"
    Then within 2 s the log shows "now	7	three"
    And within 1 s the file "/a.txt" holds "three"
    When the file "/a.txt" is removed
    And the key "k" is removed
    Then within 2 s the log shows exactly "I/user.now	nil	nil"

  Scenario: A file is as the flash has it when the supply is cut
    Given the script:
      """
      _G.sys = require("sys")
      sys.timerStart(function()
        local file = io.open("/a.txt", "wb")
        file:write("new")
        sys.timerStart(function() file:close() end, 5000)
      end, 1000)
      sys.run()
      """
    And the file "/a.txt" holds "old"
    And the module is running
    When 2 s passes
    Then within 0 s the file "/a.txt" holds "old"
    When power is cut
    Then within 0 s the file "/a.txt" holds "old"
    When power is applied
    Then within 10 s the file "/a.txt" holds "new"

  Scenario: Power goes in the middle of a write, and the old text is there
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        log.info("count", io.readFile("/count.txt"))
        sys.wait(3000)
        local file = io.open("/count.txt", "wb")
        file:write("2")
        file:close()
        log.info("written")
      end)
      sys.run()
      """
    And the file "/count.txt" holds "1"
    And the module is running
    When power is cut during the next write for 1 s
    Then within 10 s the module boots
    And within 1 s the log shows "I/user.count	1"
    And within 1 s the file "/count.txt" holds "1"
    And within 10 s the log shows "I/user.written"
    And within 1 s the file "/count.txt" holds "2"

  Scenario: A key that is cut off keeps its old value
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        fskv.init()
        log.info("boot", fskv.get("boot"))
        sys.wait(3000)
        fskv.set("boot", (fskv.get("boot") or 0) + 1)
        log.info("counted")
      end)
      sys.run()
      """
    And the key "boot" holds "3"
    And the module is running
    When power is cut during the next write
    Then the log does not show "I/user.counted" for 10 s
    And within 1 s the key "boot" holds "3"
    When power is applied
    Then within 3 s the log shows "I/user.boot	3"

  Scenario: Files that a script forgets to close
    Given the script:
      """
      _G.sys = require("sys")
      kept = {}
      uart.setup(1, 115200)
      uart.on(1, "receive", function(id)
        local text = uart.read(id, 100)
        if text == "open" then kept[#kept + 1] = io.open("/a.txt", "w") else table.remove(kept):close() end
      end)
      sys.run()
      """
    And the module is running
    Then at most 0 files are open
    When "open" arrives at UART 1
    And 100 ms passes
    Then at most 1 file is open
    When "close" arrives at UART 1
    Then at most 1 file is open for 1 s
    And at most 0 files are open
    When "open" arrives at UART 1
    And the module is reset
    Then at most 0 files are open for 1 s
