Feature: HTTP services
  A service at http:// answers what its routes say. These scenarios ask it with a WebSocket client, whose upgrade is an
  HTTP request like any other.

  Scenario: A request finds its route
    Given the service "http://api.example.test" with the routes:
      | method | path | status | body          | headers  |
      | GET    | /up  | 503    |               |          |
      | GET    | /up  | 200    | {"ok": true}  | X-Own: 1 |
    And a client of "ws://api.example.test/up" that reconnects after 3 s
    When power is applied
    Then within 20 s the service receives a GET to "/up" with the header "Upgrade: websocket"
    And within 1 s the service answers with the status 503
    And within 15 s the service answers with the status 200 and the header "X-Own: 1"

  Scenario: A route that is not there
    Given a service at "http://api.example.test/up" that does "200 fine"
    And a client of "ws://api.example.test/down" that reconnects after 60 s
    When power is applied
    Then within 20 s the service answers with the status 404
    And the service receives 1 HTTP request within 10 s
