Feature: Voltages, temperature and pulses
  The script measures what the rig puts on its inputs, and the rig sees the pulses of its timers.

  Scenario: A battery that runs low
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        adc.open(adc.CH_VBAT)
        while true do
          if adc.get(adc.CH_VBAT) < 3500 then log.warn("battery", "low") end
          sys.wait(10000)
        end
      end)
      sys.run()
      """
    And the supply is 3.85 V
    And the module is running
    Then the log does not show "battery" for 1 min
    When the supply is 3.4 V
    Then within 11 s the log shows "W/user.battery	low"

  Scenario: A sensor on ADC 0, and the range that the constant selects
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        for _, range in ipairs({ "none", adc.ADC_RANGE_3_8, adc.ADC_RANGE_1_2 }) do
          if range ~= "none" then adc.setRange(range) end
          adc.open(0)
          log.info("adc", range, adc.get(0))
          adc.close(0)
        end
      end)
      sys.run()
      """
    And ADC 0 sees 3.5 V
    And the module is running
    Then within 1 s the log shows a line that matches "adc\tnone\t3(499|500)$"
    And within 1 s the log shows a line that matches "adc\t7\t3200$"
    And within 1 s the log shows a line that matches "adc\t0\t1200$"

  Scenario: A dimmed lamp
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        pwm.open(4, 1000, 50)
        sys.wait(1000)
        pwm.open(4, 1000, 30)
        sys.wait(1000)
        pwm.close(4)
        pwm.open(4, 1000, 10, 5)
      end)
      sys.run()
      """
    And the module is running
    Then within 1 s pin 27 shows 1000 Hz with 50 % duty
    And within 1 s pin 27 shows 1000 Hz with 50 % duty
    And within 2 s pin 27 shows 1000 Hz with 30 % duty
    And within 2 s pin 27 shows 5 pulses of 1000 Hz with 10 % duty
    And within 1 s pin 27 is low

  Scenario: A battery that empties while a sensor's voltage rises
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        adc.open(adc.CH_VBAT)
        adc.open(0)
        while true do
          log.info("volts", adc.get(adc.CH_VBAT) // 100, (adc.get(0) + 1) // 100)
          sys.wait(60000)
        end
      end)
      sys.run()
      """
    And the module is running
    When the supply goes from 3.9 V to 3.4 V over 10 min
    And ADC 0 goes from 0.2 V to 0.7 V over 10 min
    And 270 s passes
    Then within 1 min the log shows "volts	36	4"
    And within 10 min the log shows "volts	33	7"
