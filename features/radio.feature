Feature: SIM card and cell
  What the script learns of its card, its cell and its registration, and what it does when they fail it.

  Background:
    Given the script:
      """
      _G.sys = require("sys")
      sys.subscribe("SIM_IND", function(state) log.info("sim", state, mobile.simPin(), mobile.imsi() or "none") end)
      sys.subscribe("IP_READY", function() log.info("up", mobile.status()) end)
      sys.subscribe("IP_LOSE", function() log.info("down") end)
      sys.timerLoopStart(function()
        log.info("now", mobile.status(), mobile.rsrp(), mobile.csq(), mobile.eci(), mobile.tac())
      end, 5000)
      sys.subscribe("TRY", function(pin) log.info("pin", mobile.simPin(0, mobile.PIN_VERIFY, pin)) end)
      uart.setup(1, 115200)
      uart.on(1, "receive", function(id, len)
        local pin = uart.read(id, len)
        if pin == "fly" then mobile.flymode(0, true) elseif pin == "land" then mobile.flymode(0, false)
        elseif pin == "auto" then mobile.setAuto(10000) else sys.publish("TRY", pin) end
      end)
      sys.run()
      """

  Scenario: Without a card there is no network
    Given no SIM card
    And the module is running
    Then within 2 s the log shows "I/user.sim	NORDY	false	none"
    And within 6 s the log shows "I/user.now	0"
    And the log does not show "I/user.up" for 60 s

  Scenario: A card asks for its PIN
    Given a SIM card with the PIN "1234"
    And the module is running
    Then within 2 s the log shows "I/user.sim	SIM_PIN	false	none"
    When "0000" arrives at UART 1
    Then within 1 s the log shows "I/user.pin	false"
    When "1234" arrives at UART 1
    Then within 1 s the log shows "I/user.pin	true"
    And within 1 s the log shows "I/user.sim	RDY	true"
    And within 10 s the log shows "I/user.up	1"

  Scenario: Three wrong PINs lock the card
    Given a SIM card with the PIN "1234"
    And the module is running
    Then within 2 s the log shows "I/user.sim	SIM_PIN"
    When "0000" arrives at UART 1
    Then within 1 s the log shows "I/user.pin	false"
    When "0001" arrives at UART 1
    Then within 1 s the log shows "I/user.pin	false"
    When "0002" arrives at UART 1
    Then within 1 s the log shows "I/user.pin	false"
    When "1234" arrives at UART 1
    Then within 1 s the log shows "I/user.pin	false"
    And the log does not show "I/user.up" for 30 s

  Scenario: A changed card is noticed behind flight mode
    Given a SIM card of "460001111111111"
    And the module has an address
    When a SIM card of "460002222222222" is inserted
    And "fly" arrives at UART 1
    Then within 2 s the log shows "I/user.down"
    When "land" arrives at UART 1
    Then within 3 s the log shows "I/user.sim	RDY	true	460002222222222"
    And within 10 s the log shows "I/user.up	1"

  Scenario: A removed card is noticed by mobile.setAuto
    Given the module has an address
    When "auto" arrives at UART 1
    And the SIM card is removed
    Then within 12 s the log shows "I/user.sim	NORDY"
    And within 6 s the log shows "I/user.now	0"
    When a SIM card is inserted
    Then within 12 s the log shows "I/user.sim	RDY"
    And within 10 s the log shows "I/user.up	1"

  @long
  Scenario: The operator refuses the subscriber for good
    Given the operator denies registration with cause 7 for 60 s
    And the module is running
    Then within 6 s the log shows "I/user.now	3"
    And the log does not show "I/user.up" for 10 m

  Scenario: A congested network is tried again
    Given the operator denies registration with cause 22 for 20 s
    And the module is running
    Then within 6 s the log shows "I/user.now	2"
    And within 40 s the log shows "I/user.up	1"

  Scenario: Flight mode starts the registration again after a refusal
    Given the operator denies registration with cause 7 for 20 s
    And the module is running
    Then within 6 s the log shows "I/user.now	3"
    And the log does not show "I/user.up" for 20 s
    When "fly" arrives at UART 1
    And "land" arrives at UART 1 1 s later
    Then within 10 s the log shows "I/user.up	1"

  Scenario: The module roams
    Given the module roams
    And the module has an address
    Then within 6 s the log shows "I/user.now	5"

  Scenario: Registration takes its time
    Given registration takes 30 s longer
    And the module is running
    Then the log does not show "I/user.up" for 25 s
    And within 15 s the log shows "I/user.up	1"

  Scenario: The signal changes, and then the cell
    Given the module has an address
    Then within 6 s the log shows "I/user.now	1	-85	28"
    When the signal changes to RSRP -118, RSRQ -17 and SNR -3
    Then within 6 s the log shows "I/user.now	1	-118	16"
    When the signal changes to RSRP -101, RSRQ -12 and SNR 5
    Then within 6 s the log shows "I/user.now	1	-101	22"
    When the module moves to the cell 192756611 in the tracking area 18511
    Then within 6 s the log shows "192756611	18511"
    When the module moves to the cell 192756612 in the tracking area 18511
    Then within 6 s the log shows "192756612	18511"

  Scenario: A lost signal is not detectable
    Given the module has an address
    When coverage is lost for 60 s
    Then within 12 s the log shows "I/user.now	2	-999	0	-1	-1"

  @long
  Scenario: The signal fades by a decibel at a time, and returns
    Given the module has an address
    When the fault "fade -85 -8 18 to -115 -19 -6 over 30s for 60s" begins
    Then within 6 s the log shows "I/user.now	1	-8"
    And within 10 s the log shows "I/user.now	1	-9"
    And within 12 s the log shows "I/user.now	1	-10"
    And within 18 s the log shows "I/user.now	1	-115	18"
    And within 40 s the log shows "I/user.now	1	-85"

  Scenario: The signal fades for good
    Given the module has an address
    When the signal fades from RSRP -85, RSRQ -8 and SNR 18 to RSRP -120, RSRQ -18 and SNR -8 over 20 s
    Then within 30 s the log shows "I/user.now	1	-120"

  Scenario: Neighbours are seen, and become the serving cell
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        while true do
          mobile.reqCellInfo(10)
          sys.waitUntil("CELL_INFO_UPDATE")
          for i, cell in ipairs(mobile.getCellInfo()) do
            log.info("cell", i, cell.cid, cell.tac, cell.band, cell.earfcn, cell.pci, cell.rsrp, cell.mcc, cell.tdd)
          end
        end
      end)
      sys.run()
      """
    And the cells:
      | cid       | tac   | band | pci | rsrp | rsrq | earfcn |
      | 192756611 | 18511 | 3    | 387 | -81  | -9   | 1650   |
      | 192756612 | 18511 | 39   | 12  | -97  |      |        |
      | 0         | 0     | 41   | 501 | -110 |      |        |
    And the module has an address
    Then within 10 s the log shows these lines in order:
      | line                                                     |
      | I/user.cell	1	192756611	18511	3	1650	387	-81	460	0       |
      | I/user.cell	2	192756612	18511	nil	38450	12	-97	460	nil |
      | I/user.cell	3	0	0	nil	40620	501	-110	0	nil             |
    When the module moves to the cell 192756612 in the tracking area 18511
    Then within 10 s the log shows these lines in order:
      | line                                                |
      | I/user.cell	1	192756612	18511	39	38450	12	-97	460	1 |
      | I/user.cell	2	192756611	18511	nil	1650	387	-81	460  |
      | I/user.cell	3	0	0	nil	40620                         |
    When the cells become:
      | cid | tac | band | pci | rsrp |
      | 7   | 8   | 8    | 9   | -120 |
    And the module moves to the cell 7 in the tracking area 8
    Then within 10 s the log shows "I/user.cell	1	7	8	8	3625	9	-120	460	0"
    And the log does not show "I/user.cell	2" for 10 s

  Scenario: Flight mode ends the link, and its end brings it back
    Given the module has an address
    Then within 1 s the module is not in flight mode
    When "fly" arrives at UART 1
    Then within 1 s the module is in flight mode
    And within 1 s the module has lost its address
    When the module leaves flight mode
    Then within 1 s the module is not in flight mode
    And within 10 s the module has an address
    When the module enters flight mode
    Then within 1 s the log shows "I/user.down"
    And within 1 s the module is in flight mode
    When the module is reset
    Then within 10 s the module has an address
    And within 1 s the module is not in flight mode
