Feature: Boot
  A powered module starts its firmware, says what it is, and runs main.lua a quarter of a second later.

  Background:
    Given the script:
      """
      _G.sys = require("sys")
      log.info("reason", pm.lastReson())
      log.info("firmware", rtos.bsp(), rtos.version(), rtos.firmware())
      sys.timerLoopStart(function() log.info("alive", mcu.ticks()) end, 1000)
      sys.run()
      """

  Scenario: The boot log is the firmware's
    When power is applied
    Then within 1 s the log shows these lines in order:
      | line                                        |
      | I/pm poweron: Power/Reset                   |
      | I/main LuatOS@EC618 base 23.11 bsp V1112 32bit |
      | I/main ROM Build: Sep  3 2024 15:55:27      |
      | D/main loadlibs luavm 262136                |
      | D/main loadlibs sys                         |
      | I/user.reason                               |

  Scenario: The script starts a quarter of a second after power-on
    When power is applied
    Then after 250 ms ± 20 % the log shows "I/user.reason"
    And within 100 ms the log shows "I/user.firmware	EC618	V1112	LuatOS-SoC_V1112_EC618"

  Scenario: The boot ROM speaks on UART 1 before any script does
    When power is applied
    Then within 250 ms UART 1 sends "^boot.rom'v'!\n"

  @needs-virtual-time
  Scenario: A timer of one second keeps its second
    When power is applied
    Then within 2 s the log shows "I/user.alive"
    And after 1 s ± 1 ms the log shows "I/user.alive"
    And after 1 s ± 1 ms the log shows "I/user.alive"

  Scenario: After a pull on the reset line the module boots again
    Given the module is running
    When the module is reset
    Then within 1 s the module boots
    And within 1 s the log shows "I/user.reason"

  Scenario: Without power there is silence
    Given the module is running
    When power is cut
    Then the log shows nothing for 5 s

  Scenario Outline: The reason of the last start: <how>
    Given the script:
      """
      _G.sys = require("sys")
      log.info("reason", pm.lastReson())
      sys.taskInit(function()
        sys.wait(2000)
        if not io.exists("/once") then
          io.writeFile("/once", "1")
          <act>
        end
      end)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.reason	0	0	0"
    And within <within> the log shows "I/user.reason	0	0	<reason>"

    Examples:
      | how                 | act                 | within | reason |
      | rtos.reboot         | rtos.reboot()       | 3 s    | 3      |
      | pm.reboot           | pm.reboot()         | 3 s    | 3      |
      | an error in a task  | error("on purpose") | 19 s   | 3      |
      | the watchdog        | while true do end   | 60 s   | 8      |
