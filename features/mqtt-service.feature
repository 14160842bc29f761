Feature: MQTT services
  A broker at mqtt:// answers the packets of MQTT 3.1.1. This scenario meets it with a WebSocket client, whose first
  bytes are no CONNECT.

  Scenario: What does not begin with a CONNECT is dropped
    Given a broker at "mqtt://broker.example.test:1883"
    And a client of "ws://broker.example.test:1883/mqtt" that reconnects after 60 s
    When power is applied
    Then within 20 s the broker drops the client
    And the broker receives no CONNECT for 10 s
