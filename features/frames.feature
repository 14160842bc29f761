Feature: Frames that the firmware cannot take
  V1112 has a receive buffer of 4096 bytes and no patience for fragments. A service that does not know this kills the link.

  Background:
    Given a service at "ws://push.example/feed" that stays silent
    And a client of "ws://push.example/feed" that reconnects after 3 s
    And the module is connected

  Scenario: The largest frame that fits
    When the service sends a text of 4092 bytes
    Then within 5 s the log shows "I/user.size	4092"
    And the log does not show "disconnect" for 5 s

  Scenario: One byte more is stuck until whatever comes next closes the connection
    When the service sends a text of 4093 bytes
    Then the log does not show "I/user.size" for 5 s
    And the log does not show "disconnect" for 10 ms
    When the service sends the text "next"
    Then within 1 s the log shows "E/websocket buff is FULL, websocket packet too big"
    And within 100 ms the log shows "I/user.wsc	disconnect	nil	nil	nil"

  Scenario: A frame with a 64-bit length closes the connection
    When the service sends a text of 70000 bytes
    Then within 5 s the log shows "E/websocket websocket payload is too large!!!"
    And within 100 ms the log shows "I/user.wsc	disconnect	nil	nil	nil"

  Scenario: A fragmented message closes the connection at its second frame
    When the service sends the text "hello world" in 2 fragments
    Then within 1 s the log shows "E/websocket unkown optcode"
    And within 100 ms the log shows "I/user.wsc	disconnect	nil	nil	nil"

  Scenario: The first fragment reaches the script as if it were all
    When the service sends the text "hello world" in 2 fragments
    Then within 1 s the log shows "I/user.wsc	recv	hello 	1	1"
    And the log does not show "recv	world" for 5 s

  Scenario: A frame glued to the 101 is lost
    When the service glues the text "welcome" to its 101 for 1 min
    And the connection is reset
    Then within 6 s the log shows "I/user.wsc	conack	nil	nil	nil"
    And the log does not show "welcome" for 5 s

  Scenario: A glued frame is lost whatever its text
    When the fault "glue frame to 101 for 1m" begins
    And the connection is reset
    Then within 6 s the log shows "I/user.wsc	conack	nil	nil	nil"
    And the log does not show "glued" for 5 s

  Scenario: Half a frame makes the client wait for the rest
    When the service sends half a frame
    Then the log does not show "I/user.wsc	recv" for 5 s
    And the log does not show "disconnect" for 10 ms

  Scenario: A ping is answered with an empty pong
    When the service pings with "are you there"
    Then within 1 s the service receives an empty pong
