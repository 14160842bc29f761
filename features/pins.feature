Feature: Pins
  The script drives pins and reads them; the rig holds them from outside and sees what the module does with them.

  Scenario: A lamp blinks
    Given the script:
      """
      _G.sys = require("sys")
      local lamp = gpio.setup(27, 0)
      sys.taskInit(function()
        while true do
          lamp(1)
          sys.wait(500)
          lamp(0)
          sys.wait(1500)
        end
      end)
      sys.run()
      """
    And the module is running
    Then pin 27 blinks with 500 ms on and 1500 ms off ± 1 %

  @needs-virtual-time
  Scenario: A button is debounced
    Given the script:
      """
      _G.sys = require("sys")
      gpio.debounce(0, 100, 1)
      gpio.setup(0, function(level, pin) log.info("button", level, pin) end, gpio.PULLDOWN, gpio.RISING)
      sys.run()
      """
    And the module is running
    When pin 0 bounces for 5 ms and stays high
    Then after 100 ms ± 2 ms the log shows "I/user.button	1	nil"
    And the log does not show "I/user.button" for 1 s

  @needs-virtual-time
  Scenario: Most pins take both edges as the rising one
    Given the script:
      """
      _G.sys = require("sys")
      gpio.setup(7, function(level, pin) log.info("irq", level, pin) end, gpio.PULLUP)
      sys.run()
      """
    And the module is running
    Then within 1 s pin 7 is an input with pull-up
    When pin 7 goes low for 10 ms
    Then after 10 ms ± 1 ms the log shows "I/user.irq	1	7"

  @needs-virtual-time
  Scenario: A wake-up pad interrupts on both edges
    Given the script:
      """
      _G.sys = require("sys")
      gpio.setup(20, function(level, pin) log.info("irq", level, pin) end, gpio.PULLUP)
      sys.run()
      """
    And the module is running
    When pin 20 goes low for 10 ms
    Then within 1 ms the log shows "I/user.irq	0	20"
    And after 10 ms ± 1 ms the log shows "I/user.irq	1	20"

  @needs-virtual-time
  Scenario: The power key
    Given the script:
      """
      _G.sys = require("sys")
      gpio.setup(35, function(level, pin) log.info("key", level) end, gpio.PULLUP)
      sys.run()
      """
    And the module is running
    When the power key is pressed for 200 ms
    Then within 10 ms the log shows "I/user.key	0"
    And after 200 ms ± 2 ms the log shows "I/user.key	1"

  Scenario: A finger on a button, on a wake-up pad and on the power key
    Given the script:
      """
      _G.sys = require("sys")
      gpio.debounce(0, 100, 1)
      gpio.setup(0, function(level, pin) log.info("button", level, pin) end, gpio.PULLDOWN, gpio.RISING)
      gpio.setup(20, function(level, pin) log.info("pad", level, pin) end, gpio.PULLUP)
      gpio.setup(35, function(level) log.info("key", level) end, gpio.PULLUP)
      sys.run()
      """
    And the module is running
    When pin 0 bounces for 5 ms and stays high
    Then within 1 s the log shows "I/user.button	1	nil"
    When pin 20 goes low for 300 ms
    Then within 1 s the log shows "I/user.pad	0	20"
    And within 1 s the log shows "I/user.pad	1	20"
    When the power key is pressed for 300 ms
    Then within 1 s the log shows "I/user.key	0"
    And within 1 s the log shows "I/user.key	1"
    And the log does not show "I/user.button" for 1 s

  Scenario: A reset makes every pin an input again
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        gpio.setup(22, 1)
        sys.wait(60000)
      end)
      sys.run()
      """
    And the module is running
    Then within 1 s pin 22 is high
    When the module is reset
    Then within 1 ms pin 22 is an input
    And within 1 ms pin 22 is an input with pull-down
    And within 2 s pin 22 goes high
    And pin 22 stays high for 5 s

  Scenario: A button lights a lamp until it is released
    Given the script:
      """
      _G.sys = require("sys")
      local lamp = gpio.setup(27, 0)
      gpio.debounce(22, 20)
      gpio.setup(22, function(level)
        log.info("button", level)
        lamp(1 - level)
      end, gpio.PULLUP)
      sys.run()
      """
    And the module is running
    Then pin 27 stays low for 500 ms
    When pin 22 goes low for 700 ms
    Then within 200 ms pin 27 goes high
    And after 700 ms ± 100 ms pin 27 goes low
    And pin 27 stays low for 1 s
    When pin 22 goes low
    And power is cut for 1 s
    Then within 5 s the log shows "I/main LuatOS@EC618"
    And pin 27 stays low for 500 ms
    When pin 22 is released
    Then within 500 ms the log shows "I/user.button	1"

  Scenario: A module that has shut down starts by its power key
    Given the script:
      """
      _G.sys = require("sys")
      log.info("up", pm.lastReson())
      sys.timerStart(pm.shutdown, 1000)
      sys.run()
      """
    And the module is running
    Then within 1 s the log shows "I/user.up	0	0	0"
    And the log does not show "user.up" for 3 s
    When the power key is pressed for 500 ms
    Then the log does not show "user.up" for 2 s
    When the power key is pressed for 2 s
    Then within 3 s the log shows "I/user.up	0	0	0"

  Scenario: Every pad has one owner
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 115200)
      i2c.setup(0)
      gpio.setup(27, 1)
      gpio.setup(7, nil, gpio.PULLUP)
      sys.run()
      """
    And the module is running
    When pin 7 goes low
    Then within 1 s pin 27 is high
    And no pin is driven by two owners
