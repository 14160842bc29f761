Feature: The MQTT client of the module
  mqtt connects to a broker, publishes, receives, and connects again after every kind of loss.

  Background:
    Given a broker at "mqtt://broker.example.test:1883"
    And the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local c = mqtt.create(nil, "broker.example.test", 1883)
        c:auth("module-1", "user", "pass")
        c:keepalive(60)
        c:will("state", "gone")
        c:autoreconn(true, 3000)
        c:on(function(client, event, data, payload)
          log.info("mqtt", event, data, payload)
          if event == "conack" then
            client:subscribe("down", 1)
            client:publish("up", "hello", 1)
          end
        end)
        c:connect()
      end)
      sys.run()
      """
    When power is applied
    Then within 20 s the broker receives a CONNECT of "module-1"
    And within 1 s the log shows "I/user.mqtt	conack"

  Scenario: A message goes up and one comes down
    Then within 1 s the broker receives "hello" on "up" with QoS 1
    And within 1 s the broker sends a SUBACK
    And within 1 s the log shows "I/user.mqtt	sent	2"
    When the broker publishes "42" to "down" with QoS 1
    Then within 2 s the log shows "I/user.mqtt	recv	down	42"

  Scenario: Messages come down again and again
    Then within 1 s the broker sends a SUBACK
    When the broker publishes "order {n}" to "down" every 10 s
    Then within 2 s the log shows "I/user.mqtt	recv	down	order 1"
    And after 10 s ± 5 % the log shows "I/user.mqtt	recv	down	order 2"
    When the broker publishes "{n}" to "down" with QoS 1 every 10 s
    Then within 2 s the log shows "I/user.mqtt	recv	down	1"
    And within 11 s the log shows "I/user.mqtt	recv	down	2"

  Scenario: The broker drops the client
    Then within 1 s the log shows "I/user.mqtt	sent	2"
    When the broker drops the client
    Then within 2 s the log shows "E/mqtt mqtt_callback param1 -1, event 5 closing socket"
    And within 1 s the log shows "I/user.mqtt	disconnect"
    And within 5 s the log shows "I/user.mqtt	conack"

  Scenario: The network drops
    When coverage is lost for 30 s
    Then within 10 s the log shows "I/user.mqtt	disconnect"
    And within 60 s the log shows "I/user.mqtt	conack"

  Scenario: The broker refuses for a while
    Given the broker refuses with code 3
    When the broker drops the client
    Then within 10 s the log shows "W/mqtt CONACK 0x03"
    And within 1 s the log shows "I/user.mqtt	disconnect	3.0"
    And within 10 s the broker receives a CONNECT
    And within 1 s the broker sends a CONNACK with code 3

  @long
  Scenario: A quiet client pings once in its keep-alive
    Then within 1 s the broker receives "hello" on "up" with QoS 1
    And after 45 s ± 2 s the broker receives a PINGREQ
    When 1 s passes
    And the broker publishes "42" to "down"
    Then the broker receives 2 PINGREQ packets within 91 s

  @long
  Scenario: The will of a client whose power fails
    When power is cut
    Then within 2 min the broker drops the client
    And within 1 s the will "gone" is published to "state"

  @long
  Scenario: Nothing watches over a silent broker
    When the broker stays silent for 100 s
    Then the log does not show "disconnect" for 100 s

  Scenario: Topics that have the module's IMEI in them
    Given the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        local id = mobile.imei()
        sys.waitUntil("IP_READY")
        local c = mqtt.create(nil, "broker.example.test", 1883)
        c:auth(id)
        c:on(function(client, event, data, payload)
          log.info("mqtt", event, data, payload)
          if event == "conack" then client:subscribe("dev/" .. id .. "/down", 1) end
          if event == "recv" then client:publish("dev/" .. id .. "/up", "got " .. payload, 1) end
        end)
        c:connect()
      end)
      sys.run()
      """
    When power is applied
    Then within 20 s the broker receives a SUBSCRIBE of "dev/+/down" with QoS 1
    When the broker publishes "42" to "dev/+/down"
    Then within 2 s the broker receives "got 42" on "dev/+/up"
    And no text at topic dev/+/up repeats "{text}"
