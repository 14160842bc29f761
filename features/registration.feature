Feature: Registration and coverage
  The module finds its network, loses it, and finds it again; scripts hear IP_READY and IP_LOSE.

  Background:
    Given the script:
      """
      _G.sys = require("sys")
      sys.subscribe("IP_READY", function(ip, adapter) log.info("up", ip, adapter, mobile.status()) end)
      sys.subscribe("IP_LOSE", function(adapter) log.info("down", adapter) end)
      log.info("imei", #mobile.imei(), mobile.status())
      sys.run()
      """

  Scenario: Cold start
    When power is applied
    Then within 1 s the log shows "I/user.imei	15	"
    And within 7 s the log shows these lines in order:
      | line                                  |
      | D/mobile cid1, state0                 |
      | D/mobile bearer act 0, result 0       |
      | D/mobile NETIF_LINK_ON -> IP_READY    |
      | I/user.up                             |

  Scenario: A warm restart registers sooner
    Given the module has an address
    When the module is reset
    Then within 3 s the log shows "D/mobile NETIF_LINK_ON -> IP_READY"

  @long
  Scenario: Coverage goes and comes back
    Given the module has an address
    When coverage is lost for 1 min
    Then within 10 s the log shows "D/mobile NETIF_LINK_OFF -> IP_LOSE"
    And within 100 ms the log shows "I/user.down	1"
    And the log does not show "IP_READY" for 45 s
    And within 30 s the log shows "D/mobile NETIF_LINK_ON -> IP_READY"
    And within 100 ms the log shows "I/user.up	"

  @long
  Scenario: The crash reporter sends its packet once per boot
    Given the script:
      """
      PROJECT = "field"
      VERSION = "1.2.3"
      _G.sys = require("sys")
      errDump.config(true, 600)
      sys.run()
      """
    When power is applied
    Then within 7 s the log shows "D/mobile NETIF_LINK_ON -> IP_READY"
    And within 2 s "dev_msg1.openluat.com" receives a datagram that starts with "field_LuatOS-SoC_V1112_EC618,1.2.3,"
    And within 2 s the log shows "D/errDump errdump ok!"
    And "dev_msg1.openluat.com" receives nothing for 5 min

  Scenario: The numbers of the module and of its card
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        log.info("module", mobile.imei(), mobile.sn():match("^[%w-]+"), mobile.muid(), mcu.unique_id():toHex())
        log.info("card", mobile.imsi(), mobile.iccid(), mobile.number())
      end)
      sys.run()
      """
    And the module's IMEI is "867713070000005"
    And the module's numbers are:
      | field         | value                |
      | serial number | LAB-0042             |
      | MUID          | 20240101000042       |
      | unique id     | 00112233445566778899 |
    And a SIM card with:
      | field  | value                |
      | IMSI   | 460001234567890      |
      | ICCID  | 89860012345678901234 |
      | number | +8613800000042       |
    When power is applied
    Then within 10 s the log shows "module	867713070000005	LAB-0042	20240101000042	00112233445566778899"
    And within 1 s the log shows "card	460001234567890	89860012345678901234	+8613800000042"

  Scenario: Another card has another number
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        log.info("first", mobile.iccid(), mobile.number())
        mobile.setAuto(5000)
        while mobile.imsi() ~= "460001234567890" do sys.wait(1000) end
        log.info("second", mobile.iccid())
      end)
      sys.run()
      """
    When power is applied
    Then within 10 s the log shows a line that matches "first\t898604\d{14}\tnil"
    When a SIM card of "460001234567890" is inserted
    Then within 30 s the log shows "second	89860400012345678900"
