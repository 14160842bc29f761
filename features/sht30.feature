Feature: A sensor of humidity and temperature on I2C
  A peer in Lua plays an SHT30; the script measures in each of the ways that the sensor knows.

  Background:
    Given the script "sht30-reader"

  Scenario: The sensor holds the clock until it has measured
    Given a peer "sht30.lua" on I2C 0 at 0x44 with:
      | parameter   | value |
      | temperature | 21.5  |
      | humidity    | 40    |
    When power is applied
    Then within 2 s the peer logs "measured 21.5 40"
    And within 1 s the log shows "stretched	21.5 40.0"

  Scenario: The sensor acknowledges nothing while it measures
    Given a peer "sht30.lua" on I2C 0 at 0x44 with:
      | parameter   | value |
      | temperature | -10   |
    And the module is running
    When "poll" arrives at UART 32
    Then within 1 s the log shows "busy"
    And within 1 s the log shows "polled	-10.0 50.0"

  Scenario: A wrong checksum is not believed
    Given a peer "sht30.lua" on I2C 0 at 0x44 with:
      | parameter | value |
      | corrupt   | 1     |
    When power is applied
    Then within 2 s the log shows "wrong checksum"
    And within 6 s the log shows "stretched	25.0 50.0"

  Scenario: It measures by itself
    Given a peer "sht30.lua" on I2C 0 at 0x44 with:
      | parameter            | value |
      | temperature          | 20    |
      | temperature after 6  | 30    |
    And the module is running
    When "periodic" arrives at UART 32
    Then within 2 s the log shows "fetched	20.0 50.0"
    And within 7 s the log shows "fetched	30.0 50.0"

  Scenario: Status and heater
    Given a peer "sht30.lua" on I2C 0 at 0x44
    And the module is running
    When "heater" arrives at UART 32
    Then within 1 s the log shows "status	0010"
    And within 1 s the log shows "status	2010"
    And within 1 s the log shows "status	2000"

  Scenario: The firmware's own function reads it
    Given a peer "sht30.lua" on I2C 0 at 0x44 with:
      | parameter   | value |
      | temperature | 31.2  |
      | humidity    | 65    |
    And the module is running
    When "own" arrives at UART 32
    Then within 1 s the log shows "own	true	650	312"

  Scenario: No sensor is there, and one comes
    Given the module is running
    Then within 6 s the log shows "no answer"
    When a peer "sht30.lua" is connected to I2C 0 at 0x44
    Then within 6 s the log shows "stretched	25.0 50.0"
    When the I2C device at 0x44 stops answering
    Then within 6 s the log shows "no answer"
