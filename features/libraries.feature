Feature: Script libraries
  Luatools adds the vendor's script libraries to a download. Here a folder of libraries does it, given by --lib, by AIRHIL_LIB or by a step.

  Scenario: A library of a folder is added where the script requires it
    Given the libraries of folder "fixtures/libraries"
    And the script:
      """
      sys = require("sys")
      log.info("greeting", require("greeting").text)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.greeting	from the library"

  Scenario: Libraries that are named behind the script are added to it too
    Given the script:
      """
      sys = require("sys")
      log.info("greeting", require("greeting").text)
      sys.run()
      """
    And the libraries of folder "fixtures/libraries"
    When power is applied
    Then within 1 s the log shows "I/user.greeting	from the library"

  Scenario: A library that nobody brings is missed as on the module
    Given the script:
      """
      sys = require("sys")
      log.info("greeting", pcall(require, "greeting"))
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.greeting	false	module 'greeting' not found"

  Scenario: AirHil's own libnet is there where nobody brings another
    Given the script:
      """
      sys = require("sys")
      log.info("libnet", type(require("libnet").connect))
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.libnet	function"

  Scenario: AirHil's own netLed tells the state of the network by a light
    Given the script:
      """
      sys = require("sys")
      require("netLed").setup(true, 27)
      sys.run()
      """
    And the module is running
    Then within 10 s the log shows "IP_READY"
    And pin 27 blinks with 300 ms on and 700 ms off ± 1 %
