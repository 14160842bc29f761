Feature: Echo
  What is sent comes back, and the script hears of it in the firmware's words.

  @needs-link-times
  Scenario: The first beat goes out at once and is echoed
    Given the script "websocket-echo"
    When power is applied
    Then within 10 s the log shows "I/user.WebSocket connect succeed!"
    And after 81 ms ± 50 ms the log shows "I/user.wsc	sent	nil	nil	nil"
    And within 20 ms the log shows a line that matches "^I/user\.wsc\trecv\t\{\n   \"action\": \"echo\",\n   \"msg\": \".*\",\n   \"server\": \"airtun\"\n\}\t1\t1$"

  Scenario: A beat every 15 seconds, and a radio that has gone idle takes its time
    Given the script "websocket-echo"
    And the module is connected
    Then within 1 s the log shows "I/user.wsc	sent	nil	nil	nil"
    And after 15.62 s ± 1 % the log shows "I/user.wsc	sent	nil	nil	nil"
    And after 15 s ± 1 % the log shows "I/user.wsc	sent	nil	nil	nil"

  Scenario Outline: The AirTun echo answers to JSON that asks for it, and to nothing else: <text>
    Given a client of "ws://echo.airtun.air32.cn/ws/echo" that sends '<text>' once
    When power is applied
    Then within 10 s the service receives the text '<text>'
    And <answer>

    Examples:
      | text                                 | answer                                                                                        |
      | {"action":"echo","msg":"hello"}      | within 1 s the service sends the text '{\n   "action": "echo",\n   "msg": "hello",\n   "server": "airtun"\n}' |
      | {"msg":"hello"}                      | the service sends nothing for 5 s                                                             |
      | {"action":"shout","msg":"hello"}     | the service sends nothing for 5 s                                                             |
      | "echo"                               | the service sends nothing for 5 s                                                             |
      | not json at all                      | the service sends nothing for 5 s                                                             |

  Scenario: The second echo service returns binary frames unchanged
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local wsc = websocket.create(nil, "ws://echo.airtun.air32.cn/ws/echo2")
        wsc:on(function(wsc, event, data, fin, opcode)
          if event == "conack" then sys.publish("up") end
          if event == "recv" then log.info("got", data:toHex(), fin, opcode) end
        end)
        wsc:connect()
        sys.waitUntil("up")
        wsc:send(string.char(0xA5, 0x5A, 0xAA, 0xF2), 1, 1)
      end)
      sys.run()
      """
    When power is applied
    Then within 10 s the service receives the bytes "A5 5A AA F2"
    And within 1 s the log shows "I/user.got	A55AAAF2	1	2"

  Scenario: send answers false even when all is well, as V1112 does
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local wsc = websocket.create(nil, "ws://echo.airtun.air32.cn/ws/echo2")
        wsc:on(function(wsc, event, data)
          if event == "conack" then sys.publish("up") end
          if event == "recv" then log.info("back", data) end
        end)
        log.info("early", wsc:send("too soon"))
        wsc:connect()
        sys.waitUntil("up")
        log.info("result", wsc:send("hello"))
      end)
      sys.run()
      """
    When power is applied
    Then within 10 s the log shows "I/websocket not ready yet"
    And within 10 ms the log shows "I/user.early	false"
    And within 2 s the log shows "I/user.result	false"
    And within 1 s the log shows "I/user.back	hello"

  Scenario: A service gives the answers of its table
    Given a service at "wss://api.example/things" that answers:
      | to     | with    |
      | ping   | pong    |
      | status | all well |
    And a client of "wss://api.example/things" that sends "status" once
    When power is applied
    Then within 10 s the service receives the text "status"
    And within 1 s the log shows "I/user.wsc	recv	all well	1	1"

  Scenario: A service closes when a message is longer than its limit
    Given a service at "wss://api.example/small" that echoes messages of at most 125 bytes
    And a client of "wss://api.example/small" that sends "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789" once
    When power is applied
    Then within 10 s the log shows "I/websocket websocket closing socket"
    And within 1 s the log shows "I/user.wsc	disconnect"

  Scenario: The service may speak first
    Given a service at "ws://push.example/feed" that stays silent
    And a client of "ws://push.example/feed" that reconnects after 3 s
    And the module is connected
    When the service sends the text "wake up"
    Then within 1 s the log shows "I/user.wsc	recv	wake up	1	1"
