Feature: What a whole run must keep
  Properties are judged from the beginning of the run to its end. Clauses that wait are judged while the run is calm.

  Background:
    Given the script:
      """
      PROJECT = "meter"
      sys = require("sys")
      uart.setup(1, 115200, 8, 1)
      local queue, line = {}, ""
      uart.on(1, "receive", function(id)
        line = line .. uart.read(id, 1024)
        for no in line:gmatch("R,(%d+),[^\n]*\n") do table.insert(queue, tonumber(no)) end
        line = line:match("[^\n]*$")
      end)
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local wsc = websocket.create(nil, "ws://meter.example/feed")
        local up = false
        wsc:autoreconn(true, 3000)
        wsc:on(function(_, event, data)
          if event == "conack" then
            up = true
            wsc:send(json.encode({hello = "meter"}))
          elseif event == "disconnect" then
            up = false
          end
        end)
        wsc:connect()
        while true do
          if up and queue[1] then
            uart.write(1, "sent " .. queue[1] .. "\n")
            log.info("sent", queue[1])
            wsc:send(json.encode({no = queue[1], twice = queue[1] * 2}))
            table.remove(queue, 1)
          end
          sys.wait(100)
        end
      end)
      sys.run()
      """
    And a service at "ws://meter.example/feed" that stays silent
    And a settling time of 30 s

  @long
  Scenario: A run without faults keeps all of them
    Given the module never restarts by itself
    When power is applied
    And "R,{n},21.5\n" arrives at UART 1 every 5 s
    And 3 min passes
    Then the module is connected again within 20 s
    And the service keeps receiving a text at least every 10 s
    And the service keeps receiving '{"no": no}' at least every 10 s
    And UART 1 keeps sending "sent {no}" at least every 10 s
    And the log keeps showing "I/user.sent	{no}" at least every 10 s
    And every "R,{no},{*}" on UART 1 reaches the service as '{"no": no}' within 10 s
    And every "R,{no},{*}" on UART 1 reaches UART 1 as "sent {no}" within 10 s
    And every "R,{no},{*}" on UART 1 reaches the service as '{"no": no}' exactly once within 10 s
    And every "R,{no},{*}" on UART 1 reaches the log as "I/user.sent	{no}" within 10 s
    And no text at the service repeats "no"
    And no text on UART 1 repeats "sent {no}" more than 2 times
    And texts at the service with the same "no" have the same content
    And "no" at the service never goes back
    And the service never receives more than 2 texts in 4 s
    And the service never receives more than 7 texts in 30 s of a settled run
    And the module never tries to connect more than 1 time in 10 s
    And the module never has more than 1 connection
    And every connection begins with '{"hello": "meter"}'
    And for every '{"no": no, "twice": twice}' at the service holds "twice == no * 2 and (last == nil or no > last.no)"

  @long
  Scenario: Faults and a power cut are no fault of the script
    Given the module never restarts by itself
    And at 40 s: "drop coverage for 20s"
    And at 90 s: "power off for 5s"
    And at 130 s: "drop connection"
    And 10 ms after the next "ws.text.in" behind 150 s: "black hole for 5s"
    When power is applied
    And "R,{n},21.5\n" arrives at UART 1 every 5 s
    And 5 min passes
    Then the module is connected again within 20 s
    And the service keeps receiving '{"no": no}' at least every 20 s
    And the service never receives more than 7 texts in 30 s of a settled run

  @long
  Scenario: Topics of a broker are places too
    Given the script:
      """
      sys = require("sys")
      uart.setup(1, 115200, 8, 1)
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local client = mqtt.create(nil, "broker.example", 1883)
        client:auth("meter", "", "")
        client:on(function(_, event, topic, payload)
          if event == "conack" then
            client:subscribe("orders")
          elseif event == "recv" then
            uart.write(1, payload .. "\n")
            client:publish("done", payload)
          end
        end)
        uart.on(1, "receive", function(id)
          client:publish("readings", json.encode({no = tonumber(uart.read(id, 100):match("%d+"))}), 1)
        end)
        client:connect()
      end)
      sys.run()
      """
    And a broker at "mqtt://broker.example:1883"
    And a settling time of 20 s
    When power is applied
    And 20 s passes
    And "R,{n}\n" arrives at UART 1 every 4 s
    And the broker publishes "order 1" to "orders"
    And 20 s passes
    And the broker publishes "order 2" to "orders"
    And 20 s passes
    Then the module is connected again within 10 s
    And the module is subscribed to "orders" again within 10 s
    And every "R,{no}" on UART 1 reaches topic readings as '{"no": no}' exactly once within 5 s
    And every "order {no}" at topic orders reaches UART 1 as "order {no}" within 5 s
    And every "order {no}" at topic orders reaches topic done as "order {no}" exactly once within 5 s
    And topic readings keeps receiving '{"no": no}' at least every 5 s
    And no text at topic readings repeats "no"
    And "no" at topic readings never goes back
    And topic readings never receives more than 2 texts in 4 s
    And for every '{"no": no}' at topic readings holds "last == nil or no == last.no + 1"
    And every connection begins with '{"no": no}'

  @long
  Scenario: A device answers the module
    Given the script:
      """
      sys = require("sys")
      uart.setup(1, 115200, 8, 1)
      uart.on(1, "receive", function(id) log.info("device", uart.read(id, 100)) end)
      sys.timerLoopStart(function() uart.write(1, "AT\r\n") end, 1000)
      sys.run()
      """
    And a device on UART 1 that answers "OK\r\n" to "AT"
    When power is applied
    And 60 s passes
    Then the log keeps showing "I/user.device	OK{*}" at least every 2 s

  Scenario Outline: A fault of the serial line: <fault>
    Given the script:
      """
      sys = require("sys")
      uart.setup(1, 115200, 8, 1)
      uart.on(1, "receive", function(id)
        local text = uart.read(id, 100)
        log.info("got", #text, #text == 10 and text ~= "0123456789" and "other" or nil)
      end)
      sys.run()
      """
    And at 5 s: "<fault> for 10s"
    When power is applied
    And "0123456789" arrives at UART 1 every 2 s
    And 20 s passes
    Then within 1 s the log shows a line that matches "<seen>"

    Examples:
      | fault                 | seen           |
      | split uart packets    | got.5.nil      |
      | lose uart bytes 40    | got.[1-9].nil  |
      | garble uart bytes 100 | other          |
