Feature: UART bursts
  A serial line delivers packets with idle gaps between them; the module calls back once per gap, and holds what nobody reads.

  Background:
    Given the script:
      """
      _G.sys = require("sys")
      local total, calls = 0, 0
      uart.setup(1, 115200, 8, 1)
      uart.on(1, "receive", function(id, len)
        local data = uart.read(id, len)
        total, calls = total + #data, calls + 1
        log.info("rx", len, total, calls)
        uart.write(id, "ok:" .. #data .. "\n")
      end)
      sys.run()
      """
    And the module is running

  Scenario Outline: <packets> packets, a callback each
    When <packets> packets of 20 bytes arrive at UART 1 with gaps of 200 ms
    Then within 12 s the log shows "I/user.rx	20	<bytes>	<packets>"
    And within 1 s UART 1 has sent <packets> times "ok:20\n"

    Examples:
      | packets | bytes |
      | 1       | 20    |
      | 2       | 40    |
      | 5       | 100   |
      | 10      | 200   |
      | 25      | 500   |
      | 50      | 1000  |

  Scenario: Packets without gaps are one packet
    When 50 packets of 20 bytes arrive at UART 1 with gaps of 0 ms
    Then within 1 s the log shows "I/user.rx	1000	1000	1"

  Scenario: A stream longer than the driver's buffer calls back before it ends
    When 4000 random bytes arrive at UART 1
    Then within 1 s the log shows a line that matches "^I/user\.rx\t2[0-5]\d\d\t"
    And within 1 s the log shows a line that matches "\t4000\t\d+$"

  Scenario: A thousand bytes take their time on the wire
    When 1152 random bytes arrive at UART 1
    Then after 103 ms ± 10 % the log shows "I/user.rx	1152	1152	1"

  Scenario: Bytes of any value come through
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 115200)
      uart.on(1, "receive", function(id, len) log.info("hex", (uart.read(id, len):toHex())) end)
      sys.run()
      """
    And the module is running
    When the bytes "00 01 7F 80 FF 0D 0A 7E 7D" arrive at UART 1
    Then within 1 s the log shows "I/user.hex	00017F80FF0D0A7E7D"

  Scenario: The module writes and says when it is done
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 9600)
      uart.on(1, "sent", function(id) log.info("sent", id) end)
      sys.taskInit(function()
        sys.wait(500)
        log.info("writes", uart.write(1, string.rep("x", 96)))
      end)
      sys.run()
      """
    When power is applied
    Then within 2 s the log shows "I/user.writes	96"
    And after 100 ms ± 10 % the log shows "I/user.sent	1"
    And UART 1 has sent "xxxxxxxxxxxxxxxxxxxxxxxx"
