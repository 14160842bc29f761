@needs-virtual-time
Feature: A UART made of two pins
  Timers of the chip drive one pin and read the other. A peer in Lua plays a device bit by bit.

  Scenario: A device answers
    Given the script:
      """
      _G.sys = require("sys")
      local id = uart.createSoft(17, 0, 1, 2)
      uart.setup(id, 9600)
      uart.on(id, "receive", function(port, length) log.info("came", port, uart.read(port, length)) end)
      uart.on(id, "sent", function(port) log.info("sent", port) end)
      sys.timerStart(function() log.info("write", uart.write(id, "Hello")) end, 100)
      sys.run()
      """
    And a peer "serial-pins.lua" on pin 17 with:
      | parameter | value |
      | answer    | 1     |
    When power is applied
    Then within 1 s the log shows "D/uart find free uart id, 4"
    And within 1 s the log shows "write	0"
    And within 20 ms the log shows "sent	4"
    And within 20 ms the peer logs "got 48 65 6C 6C 6F"
    And within 50 ms the log shows "came	4	Hello"

  Scenario: A start bit on the wire
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(uart.createSoft(17, 0, 1, 2), 1200)
      sys.timerStart(uart.write, 100, 4, "\xFF")
      sys.run()
      """
    When power is applied
    Then within 2 s pin 17 goes high
    When 10 ms passes
    Then within 1 s pin 17 goes low
    And after 0.8333 ms ± 1 % pin 17 goes high
    And pin 17 stays high for 100 ms
