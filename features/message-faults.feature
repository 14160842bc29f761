Feature: Faults of messages, of packets, of the supply and of the network's clock
  A fault may be for one direction, for one host, for messages with a text, and for a share of them.

  Background:
    Given the script:
      """
      sys = require("sys")
      sys.subscribe("NTP_UPDATE", function() log.info("clock", os.time()) end)
      local connected = {}
      uart.setup(1, 115200)
      uart.on(1, "receive", function(id)
        local text = uart.read(id, 100)
        for _, client in ipairs(connected) do client:send(text) end
      end)
      sys.timerLoopStart(function() adc.open(adc.CH_VBAT) log.info("supply", adc.get(adc.CH_VBAT)) end, 1000)
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        for _, host in ipairs({"one", "two"}) do
          local client = websocket.create(nil, "ws://" .. host .. ".example/")
          client:on(function(_, event, data)
            if event == "conack" then table.insert(connected, client) end
            log.info(host, event, data)
          end)
          client:connect()
        end
      end)
      sys.run()
      """
    And a service at "ws://one.example/" that echoes
    And a service at "ws://two.example/" that echoes
    When power is applied
    Then within 15 s the log shows "one	conack"
    And within 5 s the log shows "two	conack"

  Scenario: Messages from the module vanish at one host
    Given at 30 s: "push 'news'"
    When the fault "drop messages 100 from module at one.example" begins
    And "hello" arrives at UART 1
    Then within 2 s the log shows "two	recv	hello"
    And the log does not show "one	recv" for 5 s
    And within 25 s the log shows "one	recv	news"

  Scenario: Messages to the module come twice, those with a text
    When the fault "double messages 100 to module at one.example with 'again' for 1m" begins
    And "once" arrives at UART 1
    Then within 2 s the log shows "one	recv	once"
    And the log does not show "one	recv	once" for 3 s
    When "again" arrives at UART 1
    Then within 2 s the log shows "one	recv	again"
    And within 1 s the log shows "one	recv	again"

  Scenario: Messages come late, and those behind them overtake them
    When the fault "delay messages 100 10s to module with 'first'" begins
    And "first" arrives at UART 1
    And "second" arrives at UART 1 1 s later
    Then within 3 s the log shows "one	recv	second"
    And after 9 s ± 2 s the log shows "one	recv	first"

  Scenario: Every message vanishes
    When the fault "drop messages 100 for 10s" begins
    And "hello" arrives at UART 1
    Then the log does not show "recv" for 12 s
    When "again" arrives at UART 1
    Then within 2 s the log shows "one	recv	again"

  Scenario: Every message comes twice, and so does each echo of it
    When the fault "double messages 100 for 1m" begins
    And "once" arrives at UART 1
    Then within 2 s the log shows "one	recv	once"
    And within 1 s the log shows "one	recv	once"
    And within 1 s the log shows "one	recv	once"
    And within 1 s the log shows "one	recv	once"
    And the log does not show "one	recv	once" for 3 s

  Scenario: Every message comes late, in both directions
    When the fault "delay messages 100 2s" begins
    And "hello" arrives at UART 1
    Then the log does not show "recv" for 3900 ms
    And within 2 s the log shows "one	recv	hello"

  Scenario: A frame is too big for the module, which closes at whatever comes next
    When the fault "oversize frame 5000" begins
    Then the log does not show "disconnect" for 5 s
    When "hello" arrives at UART 1
    Then within 2 s the log shows "one	disconnect"

  Scenario: Lost packets are sent again
    When the fault "lose packets 60 for 20s" begins
    And "hello" arrives at UART 1
    Then within 40 s the log shows "one	recv	hello"

  Scenario Outline: The network's clock is wrong, and right again: <fault>
    When the fault "<fault> for 30s" begins
    Then within 1 s the log shows a line that matches "clock.<time>"
    And within 31 s the log shows a line that matches "clock.17287398"

    Examples:
      | fault                   | time    |
      | network clock 1h ahead  | 1728743 |
      | network clock 1h behind | 1728736 |

  Scenario: The supply sinks a little
    Given at 20 s: "supply 3.4 for 3s"
    Then within 30 s the log shows "I/user.supply	3399"
    And within 5 s the log shows "I/user.supply	3899"

  Scenario: A brown-out
    Given at 20 s: "supply 2.5 for 200ms"
    Then within 30 s the log shows "poweron"
    And within 15 s the log shows "one	conack"
