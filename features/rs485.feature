Feature: RS-485
  A pin of the module turns the driver of a half-duplex line on while bytes leave.

  Scenario: The pin is high while bytes leave
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 9600, 8, 1, uart.NONE, uart.LSB, 1024, 25)
      uart.on(1, "sent", function() log.info("sent", gpio.get(25)) end)
      sys.timerStart(function() uart.write(1, "0123456789") end, 100)
      sys.run()
      """
    And the module is running
    Then within 1 s pin 25 goes high
    And after 11.4 ms ± 1 ms pin 25 goes low
    And within 1 ms the log shows "I/user.sent"

  Scenario: The level and the delay are the script's
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 9600, 8, 1, uart.NONE, uart.LSB, 1024, 25, 1, 5000)
      sys.timerStart(function() uart.write(1, "0123456789") end, 100)
      sys.run()
      """
    And the module is running
    Then within 1 s pin 25 is high
    And within 1 s pin 25 goes low
    And after 15.4 ms ± 1 ms pin 25 goes high

  @needs-virtual-time
  Scenario: The script waits for the last bit
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 9600, 8, 1, uart.NONE, uart.LSB, 1024, 25)
      sys.timerStart(function()
        local before = mcu.ticks()
        uart.write(1, "0123456789")
        log.info("none", uart.wait485(2))
        log.info("polled", uart.wait485(1) > 0, mcu.ticks() - before)
      end, 100)
      sys.run()
      """
    And the module is running
    Then within 1 s pin 25 goes high
    And within 1 s the log shows "I/user.none	0"
    And after 10.4 ms ± 1 ms pin 25 goes low
    And within 1 s the log shows "I/user.polled	true	10"
