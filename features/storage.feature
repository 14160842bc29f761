Feature: Storage
  Files and keys in flash outlive resets and power cuts. A disk that is full or worn out fails in the firmware's way.

  Scenario: What is not closed is lost with the supply
    Given the script:
      """
      _G.sys = require("sys")
      log.info("found", (io.readFile("/log.txt")))
      local file = io.open("/log.txt", "ab")
      file:write("line")
      file:flush()
      sys.timerStart(function() file:close() log.info("closed") end, 5000)
      sys.run()
      """
    And the module is running
    When power is cut
    And power is applied
    Then within 1 s the log shows exactly "I/user.found	"
    And within 10 s the log shows "I/user.closed"
    When power is cut
    And power is applied
    Then within 1 s the log shows "I/user.found	line"

  Scenario: A settings file that is moved into place is old or new
    Given the script:
      """
      _G.sys = require("sys")
      local text = io.readFile("/settings.txt") or "0:"
      local n, rest = text:match("^(%d+):(x*)$")
      log.info("settings", n and #rest == tonumber(n) % 500 and "whole" or "damaged")
      n = tonumber(n)
      sys.taskInit(function()
        while true do
          n = n + 1
          io.writeFile("/new.txt", n .. ":" .. ("x"):rep(n % 500))
          os.remove("/settings.txt.old")
          os.rename("/new.txt", "/settings.txt")
          sys.wait(1)
        end
      end)
      sys.run()
      """
    And the module is running
    When power is cut
    And power is applied
    Then within 1 s the log shows "I/user.settings	whole"
    When power is cut
    And power is applied
    Then within 1 s the log shows "I/user.settings	whole"

  Scenario: A full disk fails io.write, and io.writeFile says nothing
    Given the script:
      """
      _G.sys = require("sys")
      sys.timerStart(function()
        local file = io.open("/more.txt", "wb")
        log.info("told", file:write(("x"):rep(20000)) == nil)
        file:close()
        os.remove("/more.txt")
        log.info("quiet", io.writeFile("/big.txt", ("x"):rep(20000)), io.fileSize("/big.txt") < 20000)
      end, 2000)
      sys.run()
      """
    And the disk has 8 KB left
    And the module is running
    Then within 3 s the log shows "I/user.told	true"
    And within 1 s the log shows "I/user.quiet	true	true"

  Scenario: Worn blocks take the space, and nothing tells of them
    Given the script:
      """
      _G.sys = require("sys")
      sys.timerLoopStart(function()
        local file = io.open("/data.txt", "wb")
        local ok = file:write(("x"):rep(40000)) ~= nil
        file:close()
        log.info("write", ok, select(3, fs.fsstat("/")))
      end, 2000)
      sys.run()
      """
    And the module is running
    Then within 3 s the log shows "I/user.write	true"
    When 60 blocks of the disk wear out
    Then within 5 s the log shows "I/user.write	false"

  Scenario: Keys of fskv survive a power cut in the middle of their writing
    Given the script:
      """
      _G.sys = require("sys")
      fskv.init()
      local n = fskv.get("n") or 0
      log.info("key", type(n), (fskv.get("text") or ""):match("^x*$") ~= nil)
      sys.taskInit(function()
        while true do
          n = n + 1
          fskv.set("n", n)
          fskv.set("text", ("x"):rep(n % 400))
          sys.wait(1)
        end
      end)
      sys.run()
      """
    And the module is running
    When power is cut
    And power is applied
    Then within 1 s the log shows "I/user.key	number	true"
