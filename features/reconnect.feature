Feature: Reconnect
  With autoreconn(true, 3000) the firmware tries again exactly three seconds after each loss: no back-off, no limit.

  Background:
    Given the script "websocket-echo"
    And the module is connected

  Scenario: The connection is reset
    When the connection is reset
    Then within 1 s the log shows these lines in order:
      | line                                                         |
      | W/websocket websocket_callback param1 -1, closing socket     |
      | I/websocket websocket closing socket                         |
      | I/websocket reconnect after 3000ms                           |
    And within 100 ms the log shows "I/user.wsc	disconnect	nil	nil	nil"
    And after 3 s ± 5 % the log shows "I/websocket connect host echo.airtun.air32.cn port 443"
    And within 3 s the log shows "I/user.wsc	conack	nil	nil	nil"

  @needs-virtual-time
  Scenario: The reconnect delay is exact
    When the connection is reset
    Then within 1 s the log shows "I/websocket reconnect after 3000ms"
    And after 3 s ± 1 ms the log shows "I/websocket connect host echo.airtun.air32.cn port 443"

  Scenario: The service closes with a close frame
    When the service closes with code 1001
    Then within 1 s the log shows "I/websocket reconnect after 3000ms"
    And the service receives no close frame for 1 s
    And within 6 s the log shows "I/user.wsc	conack	nil	nil	nil"

  Scenario: The service hangs up without a close frame
    When the service closes without a close frame
    Then within 1 s the log shows "I/websocket reconnect after 3000ms"
    And within 6 s the log shows "I/user.wsc	conack	nil	nil	nil"

  Scenario: Coverage is lost and comes back
    When coverage is lost for 30 s
    Then within 10 s the module has lost its address
    And within 1 s the log shows "I/user.wsc	disconnect	nil	nil	nil"
    And the log does not show "conack" for 15 s
    And within 30 s the module has an address
    And within 5 s the log shows "I/user.wsc	conack	nil	nil	nil"

  @long
  Scenario: What was not acknowledged when the address was lost does not come later
    Given the script:
      """
      sys = require("sys")
      uart.setup(1, 115200, 8, 1)
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local wsc = websocket.create(nil, "ws://ghost.example/feed")
        wsc:autoreconn(true, 3000)
        uart.on(1, "receive", function(id) wsc:send(uart.read(id, 100)) end)
        wsc:connect()
      end)
      sys.run()
      """
    And a service at "ws://ghost.example/feed" that stays silent
    And the module is connected
    When coverage is lost for 30 s
    And "late" arrives at UART 1
    Then the service receives 0 requests within 90 s

  @long
  Scenario: The service is down for a minute
    When the service goes down for 1 min
    And the connection is reset
    Then within 5 s the log shows "I/user.wsc	disconnect	nil	nil	nil"
    And within 5 s the log shows "I/user.wsc	disconnect	nil	nil	nil"
    And within 65 s the log shows "I/user.wsc	conack	nil	nil	nil"

  Scenario: DNS fails while the connection is lost
    When DNS fails for 20 s
    And the connection is reset
    Then within 20 s the log shows "E/DNS no ipv6, no ipv4"
    And within 25 s the log shows "I/user.wsc	conack	nil	nil	nil"

  Scenario: The TLS handshake fails for a while
    When the TLS handshake fails for 20 s
    And the connection is reset
    Then within 6 s the log shows "I/websocket connect host echo.airtun.air32.cn port 443"
    And within 5 s the log shows "I/user.wsc	disconnect	nil	nil	nil"
    And within 30 s the log shows "I/user.wsc	conack	nil	nil	nil"

  Scenario Outline: The service refuses the upgrade with <status>
    When the service refuses the upgrade with <status> for 10 s
    And the connection is reset
    Then within 10 s the log shows "E/websocket server not support websocket? resp code HTTP/1.1 <status>"
    And within 10 ms the log shows "W/websocket websocket_parse ret -1"
    And within 20 s the log shows "I/user.wsc	conack	nil	nil	nil"

    Examples:
      | status |
      | 401    |
      | 302    |
      | 503    |

  Scenario: The beat that falls into the gap is lost
    When the service goes down for 30 s
    And the connection is reset
    Then within 20 s the log shows "I/websocket not ready yet"
    And within 40 s the log shows "I/user.wsc	conack	nil	nil	nil"
    And within 17 s the log shows "I/user.wsc	sent	nil	nil	nil"

  @long
  Scenario: Without autoreconn the client stays down
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local wsc = websocket.create(nil, "wss://echo.airtun.air32.cn/ws/echo")
        wsc:on(function(wsc, event) log.info("wsc", event) end)
        wsc:connect()
      end)
      sys.run()
      """
    And the module is connected
    When the connection is reset
    Then within 1 s the log shows "I/user.wsc	disconnect"
    And the log does not show "I/websocket connect host" for 60 s
