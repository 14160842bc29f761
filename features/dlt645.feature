Feature: An electricity meter on the serial line
  A peer in Lua speaks DL/T 645-2007.

  Background:
    Given the script "dlt645-reader"

  Scenario: The meter is found and read
    Given a peer "dlt645-meter.lua" on UART 1 with:
      | parameter | value        |
      | address   | 000012345678 |
      | energy    | 1234.56      |
      | voltage   | 231.4        |
    When power is applied
    Then within 3 s the log shows "address 000012345678"
    And within 1 s the peer logs "read 00010000"
    And within 1 s the log shows "energy 00123456"
    And within 1 s the log shows "voltage 2314"
    And within 1 s the log shows "current refused"

  Scenario: Energy grows with the power
    Given a peer "dlt645-meter.lua" on UART 1 with:
      | parameter | value  |
      | power     | 360000 |
    When power is applied
    Then within 3 s the log shows "energy 000000"
    When 10 s passes
    Then within 5 s the log shows "energy 000001"

  Scenario: A meter that does not answer at first
    Given a peer "dlt645-meter.lua" on UART 1 with:
      | parameter | value |
      | silent    | 2     |
    When power is applied
    Then within 3 s the log shows "no address: timeout"
    And within 3 s the log shows "address 000000000001"
