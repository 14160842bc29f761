Feature: Connect
  From power-on to an open WebSocket: registration, DNS, TCP, TLS, upgrade.

  Scenario: The address comes about four and a half seconds after a cold start
    Given the script "websocket-echo"
    When power is applied
    Then after 4.45 s ± 20 % the log shows "D/mobile NETIF_LINK_ON -> IP_READY"
    And within 200 ms the log shows "D/mobile TIME_SYNC 0"

  @needs-link-times
  Scenario: The encrypted connection opens
    Given the script "websocket-echo"
    When power is applied
    Then within 10 s the module has an address
    And within 20 ms the log shows "I/websocket connect host echo.airtun.air32.cn port 443"
    And after 1.47 s ± 20 % the log shows "I/websocket ready!!"
    And within 10 ms the log shows "I/user.wsc	conack	nil	nil	nil"
    And within 10 ms the log shows "I/user.WebSocket connect succeed!"

  @needs-link-times
  Scenario: The plain connection opens, and sooner
    Given a client of "ws://echo.airtun.air32.cn/ws/echo" that reconnects after 3 s
    When power is applied
    Then within 10 s the log shows "I/websocket connect host echo.airtun.air32.cn port 80"
    And within 500 ms the log shows "I/websocket ready!!"

  Scenario: The service sees the upgrade request as the firmware writes it
    Given the script "websocket-echo"
    When power is applied
    Then within 10 s the service sees this upgrade request:
      """
      GET /ws/echo HTTP/1.1
      Host: echo.airtun.air32.cn:443
      Auth:Basic%20ABCDEGG
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: w4v7O6xFTi36lq3RNcgctw==
      Sec-WebSocket-Version: 13
      """

  Scenario: A header given as text goes out verbatim
    Given a client of "ws://echo.airtun.air32.cn/ws/echo" with the header text "Auth: Basic ABCDERG\r\n"
    When power is applied
    Then within 10 s the service sees the header "Auth: Basic ABCDERG"

  Scenario: A port in the URL is used
    Given a service at "ws://cloud.example:8080/feed" that echoes
    And a client of "ws://cloud.example:8080/feed" that reconnects after 3 s
    When power is applied
    Then within 10 s the log shows "I/websocket connect host cloud.example port 8080"
    And within 1 s the service at "ws://cloud.example:8080/feed" has a connection

  Scenario: A host that nobody knows is a DNS failure after the resolver's patience
    Given a client of "ws://nowhere.example/ws" that reconnects after 3 s
    When power is applied
    Then within 10 s the log shows "I/websocket connect host nowhere.example port 80"
    And within 10 s the log shows "D/DNS nowhere.example state 0 id 1 ipv6 0 use dns server3, try 0"
    And after 6 s ± 10 % the log shows "E/DNS no ipv6, no ipv4"
    And within 1 s the log shows "I/user.wsc	disconnect	nil	nil	nil"

  Scenario: A wrong path is refused and the client tries again
    Given a client of "ws://echo.airtun.air32.cn/nothing/here" that reconnects after 3 s
    When power is applied
    Then within 10 s the log shows "E/websocket server not support websocket? resp code HTTP/1.1 404"
    And within 10 ms the log shows "I/websocket reconnect after 3000ms"
    And after 3 s ± 5 % the log shows "I/websocket connect host echo.airtun.air32.cn port 80"
