Feature: A fault is limited
  To a host, a direction, a UART, to messages with a text, or to so many times: behind these the fault does nothing.

  @long
  Scenario Outline: One host suffers it a few times, the other never: <fault>
    Given the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        for _, host in ipairs({"one", "two"}) do
          local client = websocket.create(nil, "<scheme>://" .. host .. ".example/")
          client:autoreconn(true, 2000)
          client:on(function(_, event) log.info(host, event) end)
          client:connect()
        end
      end)
      sys.run()
      """
    And a service at "<scheme>://one.example/" that echoes
    And a service at "<scheme>://two.example/" that echoes
    And at 0 s: "<fault>"
    When power is applied
    Then within 20 s the log shows "two	conack"
    And the log does not show "one	conack" for 1 s
    And within 3 min the log shows "one	conack"

    Examples:
      | scheme | fault                                          |
      | ws     | fail dns of one.example 2 times                |
      | ws     | silence dns of one.example 4 times             |
      | ws     | empty dns of one.example 2 times               |
      | ws     | service down at one.example 3 times            |
      | ws     | drop connection at one.example 3 times         |
      | ws     | refuse upgrade with 503 at one.example 3 times |
      | wss    | fail tls at one.example 3 times                |

  Scenario Outline: The first handshake hangs for ever, the next does not: <fault>
    Given the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local client = websocket.create(nil, "wss://one.example/")
        client:autoreconn(true, 2000)
        client:on(function(_, event) log.info("one", event) end)
        client:connect()
      end)
      sys.run()
      """
    And a service at "wss://one.example/" that echoes
    And at 0 s: "<fault> at one.example 1 time"
    When power is applied
    Then the log does not show "user.one" for 30 s
    When the fault "drop connection" begins
    Then within 10 s the log shows "one	conack"

    Examples:
      | fault         |
      | hang tls      |
      | stall upgrade |

  Scenario Outline: One of two connections suffers it: <fault>
    Given the script:
      """
      sys = require("sys")
      local clients = {}
      uart.setup(1, 115200)
      uart.on(1, "receive", function(id)
        local text = uart.read(id, 100)
        for _, client in ipairs(clients) do client:send(text) end
      end)
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        for i, host in ipairs({"one", "two"}) do
          clients[i] = websocket.create(nil, "ws://" .. host .. ".example/")
          clients[i]:on(function(_, event, data) log.info(host, event, data) end)
          clients[i]:connect()
        end
      end)
      sys.run()
      """
    And a service at "ws://one.example/" that echoes
    And a service at "ws://two.example/" that echoes
    When power is applied
    Then within 15 s the log shows "one	conack"
    And within 5 s the log shows "two	conack"
    When the fault "<fault>" begins
    And "hello" arrives at UART 1 1 s later
    Then within 4 s the log shows "two	recv	hello"
    And the log does not show "one	recv	hello" for 8 s

    Examples:
      | fault                                               |
      | silent host at one.example                          |
      | slow link 30s 1000B/s at one.example                |
      | slow link 30s 1000B/s to module at one.example      |
      | slow link 30s 1000B/s from module at one.example    |
      | lose packets 100 at one.example                     |
      | lose packets 100 to module at one.example           |
      | lose packets 100 from module at one.example 9 times |
      | close with 1001 at one.example                      |
      | close without frame at one.example                  |
      | forget connections at one.example                   |
      | fall silent at one.example                          |
      | fragment frames at one.example 1 time               |
      | oversize frame 5000 at one.example                  |
      | half frame at one.example                           |
      | drop messages 100 at one.example                    |
      | delay messages 100 20s from module at one.example   |
      | delay messages 100 20s to module with 'hello' at one.example 3 times |

  Scenario Outline: The first message suffers it, the second does not: <fault>
    Given the script:
      """
      sys = require("sys")
      local client
      local counts = {first = 0, second = 0}
      uart.setup(1, 115200)
      uart.on(1, "receive", function(id) client:send(uart.read(id, 100)) end)
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        client = websocket.create(nil, "ws://one.example/")
        client:on(function(_, event, data)
          if event == "recv" then counts[data] = counts[data] + 1 end
          log.info(event, data, counts[data])
        end)
        client:connect()
      end)
      sys.timerLoopStart(function() log.info("first", counts.first) end, 1000)
      sys.run()
      """
    And a service at "ws://one.example/" that echoes
    When power is applied
    Then within 15 s the log shows "conack"
    When the fault "<fault>" begins
    And "first" arrives at UART 1
    And 3 s passes
    Then within 2 s the log shows "first	<echoes>"
    When "second" arrives at UART 1
    Then within 2 s the log shows "recv	second	1"
    And the log does not show "recv	second	2" for 3 s

    Examples:
      | fault                                                  | echoes |
      | drop messages 100 from module 1 time                   | 0      |
      | drop messages 100 to module with 'fir'                 | 0      |
      | double messages 100 with 'first'                       | 4      |
      | double messages 100 from module at one.example 1 time  | 2      |

  Scenario Outline: A server has trouble with two requests: <fault>
    Given the script:
      """
      sys = require("sys")
      require("sysplus")
      local count = 0
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        while true do
          local code, _, body = http.request("GET", "http://api.example/text", nil, nil, {timeout = 5000}).wait()
          count = count + 1
          log.info("http", count, code, body)
          sys.wait(3000)
        end
      end)
      sys.run()
      """
    And a service at "http://api.example/text" that does "200 fine"
    And at 0 s: "<fault> at api.example 2 times"
    When power is applied
    Then within 60 s the log shows "I/user.http	<first>	fine"

    Examples:
      | fault                | first |
      | answer http with 503 | 3	200 |
      | cut http bodies      | 1	206 |

  Scenario: A broker refuses twice, and one of its answers does not come
    Given a broker at "mqtt://broker.example:1883"
    And the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local client = mqtt.create(nil, "broker.example", 1883)
        client:auth("module-1")
        client:autoreconn(true, 3000)
        client:on(function(_, event) log.info("mqtt", event) end)
        client:connect()
      end)
      sys.run()
      """
    And at 0 s: "refuse mqtt with 3 at broker.example 2 times"
    When power is applied
    Then within 20 s the log shows "mqtt	disconnect"
    And within 10 s the log shows "mqtt	disconnect"
    And within 10 s the log shows "mqtt	conack"
    When the fault "withhold connack at broker.example 1 time" begins
    And the fault "drop connection" begins
    Then within 2 s the log shows "mqtt	disconnect"
    And the log does not show "user.mqtt" for 30 s
    When the fault "drop connection" begins
    Then within 10 s the log shows "mqtt	conack"

  Scenario Outline: A text message suffers it, the next does not: <fault>
    Given the script:
      """
      _G.sys = require("sys")
      sys.subscribe("SMS_INC", function(_, text)
        log.info("text", text)
        sms.send("13800000000", "answer to " .. text)
      end)
      sys.run()
      """
    And the module has an address
    When the fault "<fault>" begins
    And a text message from "10086" says "first"
    Then the module sends no text message for 8 s
    When a text message from "10086" says "second"
    Then within 8 s a text message to "+8613800000000" says "answer to second"

    Examples:
      | fault                                      |
      | lose sms to module 1 time                  |
      | lose sms from module with 'first'          |
      | lose sms with 'first' 1 time               |
      | refuse sms with 38 with 'answer to' 1 time |

  Scenario Outline: The first packet to one UART suffers it: <fault>
    Given the script:
      """
      sys = require("sys")
      for port = 1, 2 do
        uart.setup(port, 115200)
        uart.on(port, "receive", function(id)
          local text = uart.read(id, 100)
          log.info("got", id, text == "abcdefghij" and "whole" or "spoilt")
        end)
      end
      sys.run()
      """
    When power is applied
    And 2 s passes
    And the fault "<fault>" begins
    And "abcdefghij" arrives at UART 2
    Then within 1 s the log shows "got	2	whole"
    When "abcdefghij" arrives at UART 1
    Then within 1 s the log shows "got	1	spoilt"
    When "abcdefghij" arrives at UART 1 1 s later
    Then within 2 s the log shows "got	1	whole"

    Examples:
      | fault                                           |
      | split uart packets to module at uart 1 1 time   |
      | lose uart bytes 50 to module at uart 1 1 time   |
      | garble uart bytes 100 to module at uart 1 1 time |

  Scenario Outline: The first packet from the module suffers it: <fault>
    Given the script:
      """
      sys = require("sys")
      uart.setup(1, 115200)
      uart.on(1, "receive", function(id)
        local text = uart.read(id, 100)
        log.info("back", text == "abcdefghij" and "whole" or "spoilt")
      end)
      sys.timerLoopStart(function() uart.write(1, "abcdefghij") end, 5000)
      sys.run()
      """
    And a peer "echo.lua" on UART 1
    And at 2 s: "<fault>"
    When power is applied
    Then within 8 s the log shows "back	spoilt"
    And within 6 s the log shows "back	whole"

    Examples:
      | fault                                      |
      | split uart packets from module 1 time      |
      | lose uart bytes 50 from module 1 time      |
      | garble uart bytes 100 from module 1 time   |

  Scenario Outline: The first packet from a peer suffers it: <fault>
    Given the script:
      """
      sys = require("sys")
      uart.setup(1, 115200)
      uart.on(1, "receive", function(id)
        local text = uart.read(id, 100)
        log.info("back", text == "abcdefghij" and "whole" or "spoilt")
      end)
      sys.timerLoopStart(function() uart.write(1, "abcdefghij") end, 5000)
      sys.run()
      """
    And a peer "echo.lua" on UART 1
    And at 2 s: "<fault>"
    When power is applied
    Then within 8 s the log shows "back	spoilt"
    And within 6 s the log shows "back	whole"

    Examples:
      | fault                                    |
      | split uart packets 1 time                |
      | lose uart bytes 50 to module 1 time      |
      | garble uart bytes 100 at uart 1 1 time   |

  Scenario: The end of one of two equal faults ends that one
    The first one has refused its one upgrade when the second one, within its time, comes and goes.
    Given the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        sys.wait(14000)
        for i = 1, 2 do
          local client = websocket.create(nil, "ws://one.example/")
          client:on(function(_, event) log.info("try", i, event) end)
          client:connect()
          sys.wait(20000)
        end
      end)
      sys.run()
      """
    And a service at "ws://one.example/" that echoes
    And at 10 s: "refuse upgrade with 503 1 time for 60s"
    And at 25 s: "refuse upgrade with 503 1 time for 5s"
    When power is applied
    Then within 25 s the log shows "try	1	disconnect"
    And within 20 s the log shows "try	2	conack"

  Scenario Outline: What silence swallows is no time of another fault: <fault>
    Given the script:
      """
      sys = require("sys")
      sysplus = require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        for i = 1, 5 do
          local code = http.request("GET", "http://one.example/", nil, nil, {timeout = 3000}).wait()
          log.info("http", i, code)
          sys.wait(2000)
        end
      end)
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        for i = 1, 5 do
          local client = mqtt.create(nil, "broker.example", 1883)
          client:auth("me")
          client:on(function(_, event) log.info("mqtt", i, event) end)
          client:connect()
          sys.wait(5000)
          client:close()
        end
      end)
      sys.run()
      """
    And a service at "http://one.example" that does "200 hello"
    And a broker at "mqtt://broker.example"
    And at 0 s: "<fault>"
    And at 0 s: "fall silent for 12s"
    When power is applied
    Then within 30 s the log shows "<sign>"

    Examples:
      | fault                          | sign              |
      | answer http with 500 1 time    | http	3	500      |
      | refuse mqtt with 5 1 time      | mqtt	3	disconnect |

  Scenario: What silence swallows of an FTP transfer is no time of another fault
    The first file is to begin while the server is silent. The second one is cut.
    Given the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        for i = 1, 3 do
          ftp.login(nil, "files.example", 21, "anonymous", "x").wait()
          sys.wait(8000)
          log.info("pull", i, ftp.pull("/f.txt", "f.txt").wait())
          ftp.close().wait()
          sys.wait(2000)
        end
      end)
      sys.run()
      """
    And an FTP server at "ftp://files.example"
    And the service "ftp://files.example" with the files:
      | path   | body             |
      | /f.txt | 0123456789abcdef |
    And at 0 s: "cut http bodies 1 time"
    And 100 ms after the next "ftp.command" behind 8 s: "fall silent for 20s"
    When power is applied
    Then within 60 s the log shows "pull	1	false"
    And within 20 s the log shows "pull	2	false"
    And within 20 s the log shows "pull	3	true"
