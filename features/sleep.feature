Feature: Sleep
  A script asks for sleep. The module sleeps as soon as nothing keeps it awake, and what happens wakes it.

  Scenario: A logger sleeps nearly all of the hour
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        pm.request(pm.LIGHT)
        while true do
          log.info("sample", os.time() > 0)
          sys.wait(60000)
        end
      end)
      sys.run()
      """
    And USB is unplugged
    And the module has an address
    Then within 15 s the module sleeps lightly
    And the module sleeps at least 99 % of 1 h

  Scenario: A network task that polls every second keeps the radio, and so the chip, awake
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        pm.request(pm.LIGHT)
        while true do
          http.request("GET", "http://api.test/poll").wait()
          sys.wait(1000)
        end
      end)
      sys.run()
      """
    And USB is unplugged
    And the module has an address
    Then within 5 s the module is kept awake by its radio
    And the module stays awake for 60 s

  Scenario: USB keeps the module awake
    Given the script:
      """
      _G.sys = require("sys")
      pm.request(pm.LIGHT)
      sys.run()
      """
    And the module is running
    Then within 20 s the module is kept awake by its usb
    And the module stays awake for 60 s
    When USB is unplugged
    Then within 15 s the module sleeps lightly

  Scenario: A forced sleep ignores USB
    Given the script:
      """
      _G.sys = require("sys")
      pm.force(pm.LIGHT)
      sys.run()
      """
    And the module is running
    Then within 20 s the module sleeps lightly

  Scenario: A timer of the script wakes a light sleep, and the script goes on
    Given the script:
      """
      _G.sys = require("sys")
      local rounds = 0
      pm.force(pm.LIGHT)
      sys.timerLoopStart(function() rounds = rounds + 1 log.info("round", rounds) end, 30000)
      sys.run()
      """
    And the module is running
    Then within 20 s the module sleeps lightly
    And within 30 s the module wakes up
    And within 20 ms the log shows "I/user.round	1"
    And after 30 s ± 50 ms the module wakes up
    And within 20 ms the log shows "I/user.round	2"

  Scenario: An ordinary output loses its level in sleep, and a pin of the always-on domain keeps it
    Given the script:
      """
      _G.sys = require("sys")
      gpio.setup(2, 1)
      gpio.setup(27, 1)
      pm.force(pm.LIGHT)
      sys.timerStart(function() end, 20000)
      sys.run()
      """
    And the module is running
    Then within 1 s pin 2 is high
    And within 20 s pin 2 goes low
    And within 1 s pin 27 is high
    And within 20 s pin 2 goes high

  Scenario: A wake-up pad wakes a light sleep and interrupts
    Given the script:
      """
      _G.sys = require("sys")
      gpio.setup(32, function(level) log.info("pad", level) end, gpio.PULLUP, gpio.FALLING)
      pm.force(pm.LIGHT)
      sys.run()
      """
    And the module is running
    Then within 20 s the module sleeps
    When pin WAKEUP0 goes low for 100 ms
    Then within 20 ms the module wakes up
    And within 20 ms the log shows "I/user.pad	0"

  Scenario: An ordinary pin does not wake the module
    Given the script:
      """
      _G.sys = require("sys")
      gpio.setup(7, function(level) log.info("pin", level) end, gpio.PULLUP, gpio.FALLING)
      pm.force(pm.LIGHT)
      sys.run()
      """
    And the module is running
    Then within 20 s the module sleeps
    When pin 7 goes low for 100 ms
    Then the log does not show "user.pin" for 1 s

  Scenario: UART 1 at 115200 baud loses the bytes that wake the module
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 115200)
      uart.on(1, "receive", function(id, len) log.info("uart", id, len, len > 0 and uart.read(id, len) or "") end)
      pm.force(pm.LIGHT)
      sys.run()
      """
    And the module is running
    Then within 20 s the module sleeps
    When "0123456789" arrives at UART 1
    Then within 1 s the log shows "I/user.uart	1	-1"
    When "0123456789" arrives at UART 1
    Then within 1 s the log shows "I/user.uart	1	10	0123456789"

  Scenario: UART 1 at 9600 baud loses nothing
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 9600)
      uart.on(1, "receive", function(id, len) log.info("uart", id, len, uart.read(id, len)) end)
      pm.force(pm.LIGHT)
      sys.run()
      """
    And the module is running
    Then within 20 s the module sleeps
    When "0123456789" arrives at UART 1
    Then within 1 s the log shows "I/user.uart	1	10	0123456789"

  Scenario: A message of the network wakes the module
    Given a service at "ws://echo.test/ws" that echoes
    And the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local client = websocket.create(nil, "ws://echo.test/ws")
        client:on(function(_, event, data) log.info("ws", event, data) end)
        client:connect()
        sys.waitUntil("NEVER", 5000)
        pm.request(pm.LIGHT)
      end)
      sys.run()
      """
    And USB is unplugged
    And the module is connected
    Then within 30 s the module sleeps lightly
    When the service sends the text "wake"
    Then within 3 s the module wakes up
    And within 3 s the log shows "wake"

  Scenario: A timer ends a hibernation, and the script starts again
    Given the script:
      """
      _G.sys = require("sys")
      log.info("reason", pm.lastReson())
      sys.subscribe("DTIMER_WAKEUP", function(id) log.info("dtimer", id, pm.dtimerWkId()) end)
      sys.taskInit(function()
        sys.wait(2000)
        gpio.setup(27, 1)
        mobile.flymode(0, true)
        pm.dtimerStart(3, 40000)
        pm.force(pm.HIB)
      end)
      sys.run()
      """
    And the module is running
    Then within 5 s the log shows "I/pm force request mode=4, prev mode=1"
    And within 5 s the module sleeps deeply
    And within 40 s the module boots, woken by "timer 3"
    And within 1 s the log shows these lines in order:
      | line                           |
      | I/pm DeepTimer Wakeup by id=3  |
      | I/pm poweron: Wakup Hib by RTC 3 |
      | I/user.reason	1	4	0         |
      | I/user.dtimer	3	3           |
    And within 1 s pin 27 is high

  Scenario: Without flight mode a registered module does not hibernate, and the script goes on
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        pm.dtimerStart(3, 40000)
        pm.force(pm.HIB)
        sys.wait(30000)
        log.info("app", "still running")
      end)
      sys.run()
      """
    And the module has an address
    Then within 15 s the module sleeps lightly
    And within 31 s the log shows "I/user.app	still running"

  Scenario Outline: A deep sleep ends by <source>
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 9600)
      gpio.setup(32, function() log.info("pad") end, gpio.PULLUP, gpio.FALLING)
      sys.taskInit(function()
        log.info("reason", pm.lastReson())
        sys.wait(2000)
        pm.power(pm.USB, false)
        pm.power(pm.WORK_MODE, 3)
      end)
      sys.run()
      """
    And the module is running
    Then within 15 s the module sleeps deeply
    When <act>
    Then within 1 s the module boots, woken by "<source>"
    And within 1 s the log shows "I/user.reason	<number>	4	0"

    Examples:
      | source        | act                                | number |
      | pin 32        | pin WAKEUP0 goes low for 100 ms     | 2      |
      | UART 1        | "wake" arrives at UART 1            | 3      |
      | the power key | the power key is pressed for 2 s    | 5      |

  Scenario: A timer that is asked shortly before its end never fires
    Given the script:
      """
      _G.sys = require("sys")
      sys.subscribe("DTIMER_WAKEUP", function(id) log.info("dtimer", id) end)
      pm.dtimerStart(2, 10000)
      sys.timerStart(function() log.info("check", pm.dtimerCheck(2)) end, 9600)
      sys.run()
      """
    And the module is running
    Then within 10 s the log shows "I/user.check	false"
    And the log does not show "user.dtimer" for 30 s

  Scenario: Files and the clock outlive a hibernation, and variables do not
    Given the script:
      """
      _G.sys = require("sys")
      fskv.init()
      counter = (counter or 0) + 1
      local boots = (fskv.get("boots") or 0) + 1
      fskv.set("boots", boots)
      log.info("app", "counter", counter, "boots", boots, "clock", os.time() > 1700000000)
      sys.taskInit(function()
        sys.waitUntil("NTP_UPDATE", 10000)
        mobile.flymode(0, true)
        pm.dtimerStart(0, 60000)
        pm.force(pm.DEEP)
      end)
      sys.run()
      """
    And the module is running
    Then within 30 s the module sleeps deeply
    And within 60 s the module boots, woken by "timer 0"
    And within 1 s the log shows "I/user.app	counter	1	boots	2	clock	true"
