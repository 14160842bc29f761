Feature: A GPS receiver on the serial line
  A peer in Lua follows a track.

  Background:
    Given the script "nmea-tracker"

  Scenario: The module follows the track
    Given a peer "nmea-receiver.lua" on UART 1 with:
      | parameter | value |
      | lat       | 31.5  |
      | lon       | 121.5 |
      | north     | 10    |
      | fix       | 2     |
    When power is applied
    Then within 3 s the log shows "no fix"
    And within 3 s the log shows "at 315000"
    And within 1 s the log shows a line that matches "at 3150\d\d\d\d 121500000, 19.44 kn"

  Scenario: South and west are negative
    Given a peer "nmea-receiver.lua" on UART 1 with:
      | parameter | value |
      | lat       | -33.5 |
      | lon       | -70.5 |
    When power is applied
    Then within 4 s the log shows "at -33500000 -70500000, 0.00 kn"

  Scenario: A fix that is lost in a tunnel comes again
    Given a peer "nmea-receiver.lua" on UART 1 with:
      | parameter | value |
      | lat       | 31.5  |
      | lon       | 121.5 |
      | lost      | 5     |
      | found     | 10    |
    When power is applied
    Then within 3 s the log shows "at 31500000"
    And within 5 s the log shows "no fix"
    And within 8 s the log shows "at 31500000"
