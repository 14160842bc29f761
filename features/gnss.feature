Feature: Satellite receiver
  A receiver on UART 1 sends NMEA sentences; the firmware parses them and tells the script.

  Background:
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 115200)
      libgnss.bind(1)
      sys.subscribe("GNSS_STATE", function(state) log.info("gnss", state, libgnss.isFix()) end)
      sys.timerLoopStart(function()
        local rmc = libgnss.getRmc(2)
        log.info("loc", rmc.valid, rmc.lat, rmc.lng, libgnss.getIntLocation())
      end, 1000)
      sys.run()
      """
    And the module is running

  Scenario: The receiver finds its position
    When "$GNRMC,060258.000,A,2324.06700,N,11313.96430,E,0.15,123.4,100924,,,A\r\n" arrives at UART 1
    Then within 1 s the log shows "I/gnss Fixed 232406700 1131396430"
    And within 1 s the log shows "I/user.gnss	FIXED	true"
    And within 2 s the log shows "I/user.loc	true	23.40112	113.2327	232406700	1131396430	277"

  Scenario: The receiver loses its position
    When "$GNRMC,060258.000,A,2324.06700,N,11313.96430,E,0.15,123.4,100924,,,A\r\n" arrives at UART 1
    Then within 1 s the log shows "I/user.gnss	FIXED"
    When "$GNRMC,060300.000,V,,,,,,,100924,,,N\r\n" arrives at UART 1
    Then within 1 s the log shows "I/gnss Lose"
    And within 1 s the log shows "I/user.gnss	LOSE	false"
    And within 2 s the log shows "I/user.loc	false	0	0	0	0	0"

  @long
  Scenario: A silent receiver is not noticed
    When "$GNRMC,060258.000,A,2324.06700,N,11313.96430,E,0.15,123.4,100924,,,A\r\n" arrives at UART 1
    Then within 1 s the log shows "I/user.gnss	FIXED"
    And the log does not show "LOSE" for 60 s
    And within 2 s the log shows "I/user.loc	true"

  Scenario: A wrong checksum changes nothing
    When "$GNRMC,060258.000,A,2324.06700,N,11313.96430,E,0.15,123.4,100924,,,A*00\r\n" arrives at UART 1
    Then the log does not show "FIXED" for 5 s

  Scenario: A sentence in two pieces is put together
    When "$GNRMC,060258.000,A,2324.06700,N,11313.96430,E,0.15,123.4,100924,,,A\r\n" arrives at UART 1 split after 30 bytes with 200 ms between
    Then within 1 s the log shows "I/user.gnss	FIXED"
