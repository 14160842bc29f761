Feature: A service that is not there at start
  A module in the field boots before its cloud does, or beside a cloud that is ill.

  Background:
    Given the script "websocket-echo"

  @long
  Scenario: The service comes up a minute late
    Given the service is down for 1 min
    When power is applied
    Then within 10 s the log shows "I/user.wsc	disconnect	nil	nil	nil"
    And after 3 s ± 5 % the log shows "I/websocket connect host echo.airtun.air32.cn port 443"
    And the log does not show "conack" for 40 s
    And within 30 s the log shows "I/user.wsc	conack	nil	nil	nil"
    And within 2 s the log shows "I/user.wsc	sent	nil	nil	nil"

  @long
  Scenario: There is no coverage at start
    Given there is no coverage for 2 min
    When power is applied
    Then the log does not show "IP_READY" for 100 s
    And within 60 s the module has an address
    And within 5 s the log shows "I/user.wsc	conack	nil	nil	nil"

  @long
  Scenario: The server takes the TCP connection and then says nothing at all
    Given the TLS handshake hangs for 5 min
    When power is applied
    Then within 10 s the log shows "I/websocket connect host echo.airtun.air32.cn port 443"
    And the log does not show "disconnect" for 60 s

  @long
  Scenario: The server never answers the upgrade
    Given the service never answers the upgrade for 5 min
    When power is applied
    Then within 10 s the log shows "I/websocket connect host echo.airtun.air32.cn port 443"
    And the log does not show "I/websocket ready!!" for 60 s
    And the log does not show "disconnect" for 10 ms
