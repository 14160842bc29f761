Feature: Sockets
  A script speaks TCP and UDP by itself. The firmware tells it of a loss and does nothing about it: the script closes and connects again.

  Background:
    Given a service at "tcp://cloud.example:7000" that echoes
    And the script "socket-client"

  Scenario: It connects, sends and receives
    When power is applied
    Then within 10 s the log shows these lines in order:
      | line                                                                      |
      | D/socket connect to cloud.example,7000                                    |
      | D/DNS cloud.example state 0 id 1 ipv6 0 use dns server2, try 0            |
      | I/user.client	connected                                                 |
      | I/user.client	sent	true                                              |
      | I/user.client	got	hello                                             |

  Scenario: The service closes
    When power is applied
    Then within 10 s the log shows "I/user.client	got"
    When the service closes without a close frame
    Then within 1 s the log shows "I/user.client	lost"
    And after 1 s ± 5 % the log shows "D/socket connect to cloud.example,7000"
    And within 1 s the log shows "I/user.client	got"

  Scenario: The connection is reset
    When power is applied
    Then within 10 s the log shows "I/user.client	got"
    When the connection is reset
    Then within 1 s the log shows "net_lwip_tcp_err_cb 645:adapter 1 socket 0 not closing, but error -14"
    And within 1 s the log shows "I/user.client	lost"
    And within 3 s the log shows "I/user.client	got"

  Scenario: The service is down, and comes back
    Given the service is down for 20 s
    When power is applied
    Then within 10 s the log shows "but error -14"
    And within 1 s the log shows "I/user.client	no connection"
    And the log does not show "I/user.client	connected" for 5 s
    And within 20 s the log shows "I/user.client	got"

  Scenario: Coverage is lost and comes back
    When power is applied
    Then within 10 s the log shows "I/user.client	got"
    When coverage is lost for 20 s
    Then within 10 s the log shows "D/mobile NETIF_LINK_OFF -> IP_LOSE"
    And within 1 s the log shows "I/user.client	lost"
    And within 30 s the log shows "I/user.client	connected"
    And within 1 s the log shows "I/user.client	got"

  @long
  Scenario: In a black hole the module notices nothing until it sends
    When power is applied
    Then within 10 s the log shows "I/user.client	got"
    When the link becomes a black hole for 5 min
    Then the log does not show "I/user.client	lost" for 4 min

  Scenario: Datagrams
    Given a service at "udp://cloud.example:7001" that echoes
    And the script:
      """
      sys = require("sys")
      local function told(netc, event, param)
        log.info("udp", event == socket.ON_LINE and "online" or event == socket.EVENT and "event" or event, param)
        if event == socket.ON_LINE then socket.tx(netc, "ping") socket.wait(netc) end
        if event == socket.EVENT then
          local ok, data, address, port = socket.read(netc)
          log.info("udp", data, #address, port)
        end
      end
      netc = socket.create(nil, told)
      socket.config(netc, nil, true)
      socket.connect(netc, "cloud.example", 7001)
      sys.run()
      """
    When power is applied
    Then within 10 s the log shows "I/user.udp	online	0"
    And within 1 s "udp://cloud.example:7001" receives a datagram that starts with "p\x69ng"
    And within 1 s the log shows "I/user.udp	ping	5	7001"
    And "udp://cloud.example:7001" receives nothing for 5 s

  Scenario: Nine sockets are one too many
    Given the script:
      """
      sys = require("sys")
      all = {}
      for i = 1, 9 do all[i] = socket.create(nil, function() end) end
      log.info("sockets", #all)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows these lines in order:
      | line                                              |
      | network_alloc_ctrl 1381:adapter no more ctrl!     |
      | D/socket create fail                              |
      | I/user.sockets	8                                 |
