Feature: A Modbus slave on the serial line
  A peer in Lua plays the slave; the script is the master.

  Background:
    Given the script "modbus-master"

  Scenario: The master reads registers and polls again
    Given a peer "modbus-slave.lua" on UART 1 with:
      | parameter    | value |
      | unit         | 17    |
      | register 100 | 230   |
      | register 101 | 65535 |
    When power is applied
    Then within 3 s the peer logs "read 100 2"
    And within 1 s the log shows "values 230 65535"
    And within 7 s the log shows "values 230 65535"
    And the peer does not log "write" for 7 s

  Scenario: A register that is written is read back
    Given a peer "modbus-slave.lua" on UART 1 with:
      | parameter    | value |
      | unit         | 17    |
      | register 100 | 1     |
      | register 101 | 2     |
    And the module is running
    When "set 101 1234" arrives at UART 32
    Then within 1 s the peer logs "write 101 1234"
    And within 1 s the log shows "set 101: ok"
    And within 7 s the log shows "values 1 1234"

  Scenario: Requests that are not answered are repeated
    Given a peer "modbus-slave.lua" on UART 1 with:
      | parameter    | value |
      | unit         | 17    |
      | register 100 | 5     |
      | register 101 | 6     |
      | silent       | 2     |
    When power is applied
    Then within 3 s the log shows "timeout, try 1"
    And within 1 s the log shows "timeout, try 2"
    And within 1 s the log shows "values 5 6"

  Scenario: An answer with a wrong CRC is not believed
    Given a peer "modbus-slave.lua" on UART 1 with:
      | parameter    | value |
      | unit         | 17    |
      | register 100 | 5     |
      | register 101 | 6     |
      | corrupt      | 1     |
    When power is applied
    Then within 3 s the log shows "crc, try 1"
    And within 1 s the log shows "values 5 6"

  Scenario: A register that the slave has not is an exception
    Given a peer "modbus-slave.lua" on UART 1 with:
      | parameter    | value |
      | unit         | 17    |
      | register 100 | 5     |
    When power is applied
    Then within 3 s the peer logs "exception 2"
    And within 1 s the log shows "gave up: exception 2"

  Scenario: No slave is on the line
    When power is applied
    Then within 5 s the log shows "gave up: timeout"

  Scenario: A slave that is connected later is found
    Given the module is running
    When a peer "modbus-slave.lua" is connected to UART 1 with:
      | parameter    | value |
      | unit         | 17    |
      | register 100 | 7     |
      | register 101 | 8     |
    Then within 8 s the log shows "values 7 8"

  Scenario: A slave that is unplugged is missed, and found again
    Given a peer "modbus-slave.lua" on UART 1 with:
      | parameter    | value |
      | unit         | 17    |
      | register 100 | 5     |
      | register 101 | 6     |
    And the module is running
    Then within 8 s the log shows "values 5 6"
    When the peer on UART 1 is disconnected
    Then within 20 s the log shows "gave up: timeout"
