Feature: Numbers, dates and memory are the module's
  A script that passes on 64-bit doubles and fails on the board is the bug that a rig exists to catch.

  Scenario Outline: <expression>
    Given the script:
      """
      _G.sys = require("sys")
      log.info("value", <expression>)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows 'I/user.value	<result>'

    Examples:
      | expression                               | result                          |
      | 3.0                                      | 3.000000                        |
      | 0.1 + 0.2                                | 0.3000000                       |
      | 2147483647 + 1                           | -2147483648                     |
      | 16777216.0 + 1                           | 1.677722e+07                    |
      | 10 / 2                                   | 5.000000                        |
      | json.encode({abc=1234.3})                | {"abc":1234.3000488}            |
      | json.encode({z=1,a=2,m=3,b=4,y=5})       | {"a":2,"z":1,"y":5,"m":3,"b":4} |
      | json.encode({url="a/b"})                 | {"url":"a\/b"}                  |
      | os.date("!%Y-%m-%d", 0)                  | 1970-01-01                      |
      | os.date("%H", 0)                         | 08                              |
      | rtos.meminfo()                           | 262136	                         |
      | type(uart), type(uart.nothing)           | userdata	nil                    |

  Scenario: The date is an old one until the network tells the time
    Given the world's date is "2024-10-12 21:29:48"
    And the script:
      """
      _G.sys = require("sys")
      log.info("before", os.date("%Y"))
      sys.subscribe("NTP_UPDATE", function() log.info("after", os.date("%Y-%m-%d")) end)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.before	2000"
    And within 7 s the log shows "I/user.after	2024-10-12"

  @needs-virtual-time
  Scenario: With 64-bit numbers the same firmware counts further
    Given a module with 64-bit numbers
    And the script:
      """
      _G.sys = require("sys")
      log.info("value", 2147483647 + 1)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/main LuatOS@EC618 base 23.11 bsp V1112 64bit"
    And within 1 s the log shows "I/user.value	2147483648"
