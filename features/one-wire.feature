@needs-virtual-time
Feature: Sensors on one wire
  The firmware reads them bit by bit. Peers in Lua play the sensors with the times of their datasheets.

  Background:
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        while true do
          log.info("ds18b20", sensor.ds18b20(17))
          log.info("dht11", sensor.dht1x(7, true))
          sys.wait(1000)
        end
      end)
      sys.run()
      """

  Scenario: The temperature is that of the conversion before
    Given a peer "ds18b20.lua" on pin 17 with:
      | parameter   | value |
      | temperature | 21.5  |
      | step        | 1     |
    When power is applied
    Then within 1 s the log shows "ds18b20	850	true"
    And within 2 s the log shows "ds18b20	215	true"
    And within 2 s the log shows "ds18b20	225	true"

  Scenario: Below zero it is rounded in the wrong direction
    Given a peer "ds18b20.lua" on pin 17 with:
      | parameter   | value |
      | temperature | -10.5 |
    When power is applied
    Then within 2 s the log shows "ds18b20	-104	true"

  Scenario: A checksum is wrong
    Given a peer "ds18b20.lua" on pin 17 with:
      | parameter | value |
      | damaged   | 1     |
    When power is applied
    Then within 1 s the log shows "I/sensor ds18b20 read fail"
    And within 1 s the log shows "ds18b20	-4	false"

  Scenario: Humidity and temperature
    Given a peer "dht11.lua" on pin 7 with:
      | parameter   | value |
      | humidity    | 45    |
      | temperature | 23.4  |
    When power is applied
    Then within 1 s the peer logs "answers 2D 00 17 04 48"
    And within 1 s the log shows "dht11	4500	2304	true"

  Scenario: No sensor is connected
    When power is applied
    Then within 1 s the log shows "I/sensor ds18b20 read fail"
    And within 1 s the log shows "ds18b20	-1	false"
    And within 1 s the log shows "dht11	0	0	false"
