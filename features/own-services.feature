Feature: Services that a script plays
  A script in Lua is the cloud: one API for TCP, UDP, WebSocket, HTTP and MQTT.

  Scenario: A line protocol over TCP
    Given a service at "tcp://cloud.example:7000" that runs "device-cloud.lua" with:
      | parameter | value |
      | greeting  | HELLO |
      | period    | 3000  |
    And the script "socket-client"
    When power is applied
    Then within 10 s the service receives "hello" on TCP
    And within 1 s the log shows "HELLO"
    And within 5 s the log shows "PING"

  Scenario: A WebSocket is served by the same functions
    Given a service at "ws://cloud.example/line" that runs "device-cloud.lua"
    And a client of "ws://cloud.example/line" that sends "HELLO dev1\r\n" once
    When power is applied
    Then within 10 s the service logs "device dev1"
    And within 1 s the log shows "OK"
    When the service closes without a close frame
    Then within 1 s the service logs "closed 0"

  Scenario: UDP
    Given a service at "udp://dev_msg1.openluat.com:12425" that runs "echo.lua"
    And the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local c = socket.create(nil, function(c, event)
          if event == socket.ON_LINE then socket.tx(c, "ping") end
          if event == socket.EVENT then
            local b = zbuff.create(64)
            socket.rx(c, b)
            log.info("got " .. b:query())
          end
        end)
        socket.config(c, nil, true)
        socket.connect(c, "dev_msg1.openluat.com", 12425)
      end)
      sys.run()
      """
    When power is applied
    Then within 10 s the service logs "ping"
    And within 1 s the log shows "got ping"

  Scenario: HTTP requests are answered by a function
    Given a service at "http://api.example.test" that runs "http-shadow.lua"
    And the script:
      """
      sys = require("sys")
      sysplus = require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local url = "http://api.example.test/dev1"
        log.info("status " .. http.request("GET", url).wait())
        for i = 1, 3 do log.info("put " .. http.request("PUT", url, nil, '{"n":' .. i .. '}').wait()) end
        local code, headers, body = http.request("GET", url).wait()
        log.info("body " .. code .. " " .. body)
      end)
      sys.run()
      """
    When power is applied
    Then within 10 s the log shows "status 404"
    And within 2 s the log shows "put 204"
    And within 2 s the service logs "put /dev1 {\"n\":2}"
    And within 2 s the log shows "put 429"
    And within 2 s the log shows "body 200"

  Scenario: MQTT topics are served by a function
    Given a service at "mqtt://broker.example.test" that runs "mqtt-thermostat.lua" with:
      | parameter | value |
      | limit     | 25    |
    And the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local c = mqtt.create(nil, "broker.example.test", 1883)
        c:auth("module-1", "user", "pass")
        c:on(function(client, event, data, payload)
          if event == "conack" then
            client:subscribe("dev1/heating")
            client:publish("dev1/temperature", "20.5")
            client:publish("dev1/temperature", "26.5")
          end
          if event == "recv" then log.info("told " .. data .. " " .. payload) end
        end)
        c:connect()
      end)
      sys.run()
      """
    When power is applied
    Then within 10 s the service logs "module-1 dev1/temperature 26.5"
    And within 1 s the log shows "told dev1/heating off"

  Scenario: Answers of TCP in a table, one of which ends the connection
    Given the service "tcp://cloud.example:7000" with the answers:
      | to     | with      | delay | times | then   |
      |        | welcome\n |       |       |        |
      | hello* | first\n   | 2 s   | 1     | closes |
      | hello* | second\n  |       |       |        |
    And the script "socket-client"
    When power is applied
    Then within 10 s the log shows "welcome"
    And after 2 s ± 10 % the log shows "first"
    And within 1 s the log shows "lost"
    And within 5 s the log shows "second"

  Scenario: What a service's script logs can be what a whole run must keep
    Given a service at "tcp://cloud.example:7000" that runs "device-cloud.lua"
    And a settling time of 5 s
    And the script:
      """
      sys = require("sys")
      uart.setup(1, 115200)
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local up = false
        local c = socket.create(nil, function(c, event)
          if event == socket.ON_LINE then up = socket.tx(c, "HELLO dev1\r\n") end
        end)
        socket.config(c)
        socket.connect(c, "cloud.example", 7000)
        uart.on(1, "receive", function(id)
          local value = uart.read(id, 100):match("V=(%d+)")
          if up and value then socket.tx(c, "DATA " .. value .. "\r\n") end
        end)
      end)
      sys.run()
      """
    When power is applied
    And 10 s passes
    And "V={n}\n" arrives at UART 1 every 4 s
    And 30 s passes
    Then every "V={v}" on UART 1 reaches the service's log as "value {v}" exactly once within 5 s
    And "value {v}" at the service's log never goes back
    And the service's log never shows more than 2 texts in 6 s

  Scenario: A service that acknowledges each text
    Given the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local acked, client = 0, websocket.create(nil, "ws://cloud.example/acks")
        client:on(function(_, event, data)
          if event == "recv" then acked = json.decode(data).done log.info("acked " .. acked) end
        end)
        client:connect()
        sys.wait(3000)
        for no = 1, 3 do
          client:send("reading " .. no)
          while acked ~= no do sys.wait(10) end
        end
      end)
      sys.run()
      """
    And a service at "ws://cloud.example/acks" that runs "acknowledge.lua" with:
      | parameter | value        |
      | answer    | {"done":{n}} |
    When power is applied
    Then within 20 s the log shows "acked 3"
