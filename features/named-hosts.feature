Feature: Faults of names and hosts
  A fault of one host leaves the others alone, and behind each fault the module finds its way back.

  Background:
    Given the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        for _, host in ipairs({"one", "two"}) do
          local client = websocket.create(nil, "ws://" .. host .. ".example/")
          client:autoreconn(true, 2000)
          client:on(function(_, event) log.info(host, event) end)
          client:connect()
        end
      end)
      sys.run()
      """
    And a service at "ws://one.example/" that echoes
    And a service at "ws://two.example/" that echoes

  @long
  Scenario Outline: One host is away, the other is not: <fault>
    Given at 0 s: "<fault> for 50s"
    When power is applied
    Then within 20 s the log shows "two	conack"
    And the log does not show "one	conack" for 25 s
    And within 3 min the log shows "one	conack"

    Examples:
      | fault                       |
      | fail dns of one.example     |
      | silence dns of one.example  |
      | empty dns of one.example    |
      | service down at one.example |
      | silent host at one.example  |

  Scenario: The connection with one host is reset, the other stays
    When power is applied
    Then within 20 s the log shows "one	conack"
    And within 5 s the log shows "two	conack"
    When the fault "drop connection at one.example" begins
    Then within 2 s the log shows "one	disconnect"
    And within 10 s the log shows "one	conack"
    And the log does not show "two" for 20 s

  @long
  Scenario Outline: Every host is away: <fault>
    Given at 0 s: "<fault> for 50s"
    When power is applied
    Then the log does not show "conack" for 45 s
    And within 3 min the log shows "one	conack"

    Examples:
      | fault        |
      | fail dns     |
      | silence dns  |
      | empty dns    |
      | service down |
      | silent host  |
