Feature: A host that sends AT commands
  A peer in Lua plays the host; the script answers it. Where the host's time limits are judged, a board is not asked.

  Background:
    Given the script "at-slave"

  Scenario: Commands are answered one after another
    Given a peer "at-host.lua" on UART 1 with:
      | parameter | value       |
      | command 1 | AT          |
      | command 2 | AT+VALUE=42 |
      | command 3 | AT+VALUE?   |
      | command 4 | AT+NOTHING  |
      | tries     | 20          |
    When power is applied
    Then within 3 s the peer logs "AT: OK"
    And within 2 s the peer logs "AT+VALUE=42: OK"
    And within 2 s the peer logs "AT+VALUE?: +VALUE: 42 OK"
    And within 2 s the peer logs "AT+NOTHING: ERROR"
    And within 2 s the peer logs "round 1 done"

  @needs-virtual-time
  Scenario: A command is repeated until its answer comes in time
    Given a peer "at-host.lua" on UART 1 with:
      | parameter | value       |
      | command 1 | AT+LATE=700 |
      | start     | 3000        |
      | tries     | 2           |
    When power is applied
    Then within 6 s the peer logs "AT+LATE=700: timeout, try 1"
    And within 2 s the peer logs "AT+LATE=700: OK"

  @needs-virtual-time
  Scenario: The host gives up where nobody answers
    Given a peer "at-host.lua" on UART 1 with:
      | parameter | value        |
      | command 1 | AT+LATE=9999 |
      | tries     | 3            |
    When power is applied
    Then within 5 s the peer logs "AT+LATE=9999: timeout, try 3"
    And within 1 s the peer logs "AT+LATE=9999: no answer"

  Scenario: It goes on for ever
    Given a peer "at-host.lua" on UART 1 with:
      | parameter | value |
      | command 1 | AT    |
      | rounds    | 0     |
    When power is applied
    Then within 5 s the peer logs "round 5 done"
    And within 5 s the peer logs "round 10 done"
