Feature: Half-open links
  The worst failure in the field: the peer is gone and nobody said so. V1112 watches no pong, so only TCP's own patience ends it.

  Background:
    Given the script "websocket-echo"
    And the module is connected

  @long
  Scenario: In a black hole sends look fine and nothing is acknowledged
    When the link becomes a black hole for 1 min
    Then the log does not show "I/user.wsc	sent" for 30 s
    And the log does not show "disconnect" for 25 s
    And within 60 s the log shows "I/user.wsc	sent	nil	nil	nil"

  @long
  Scenario: After six repetitions into a black hole the TCP stack gives up
    When the link becomes a black hole for 5 min
    Then the log does not show "disconnect" for 2 min
    And within 1 min the log shows "W/websocket websocket_callback param1 -1, closing socket"
    And within 10 ms the log shows "I/websocket reconnect after 3000ms"
    And within 10 min the log shows "I/user.wsc	conack	nil	nil	nil"

  Scenario: A server that lost its memory answers the next beat with a reset
    When 5 s passes
    And the service host forgets its connections
    Then the log does not show "disconnect" for 2 s
    And within 16 s the log shows "W/websocket websocket_callback param1 -1, closing socket"
    And within 6 s the log shows "I/user.wsc	conack	nil	nil	nil"

  @long
  Scenario: A service that falls silent keeps the connection and answers nothing
    When 5 s passes
    And the service falls silent
    Then within 17 s the log shows "I/user.wsc	sent	nil	nil	nil"
    And the log does not show "I/user.wsc	recv" for 40 s
    And the log does not show "disconnect" for 60 s

  @long
  Scenario: A quiet client pings after its keepalive, and nobody misses the pong
    Given a service at "ws://quiet.example/feed" that stays silent
    And a client of "ws://quiet.example/feed" that reconnects after 3 s
    And the module is connected
    When 1 s passes
    Then after 59 s ± 5 % the service receives a ping
    And after 60 s ± 5 % the service receives a ping
    And the log does not show "disconnect" for 30 s

  @needs-link-times @long
  Scenario: A slow link only makes it slow
    When the link slows to 2 s for 2 min
    Then within 18 s the service receives a text
    And after 1 s ± 20 % the log shows "I/user.wsc	sent	nil	nil	nil"
    And the log does not show "disconnect" for 90 s

  Scenario: Short interruptions are made up for by repetition, and the module notices none
    When the link is interrupted for 500 ms every 2 s
    Then within 18 s the service receives a text
    And within 3 s the log shows "I/user.wsc	recv"
    And the log does not show "disconnect" for 30 s
