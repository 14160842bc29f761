@needs-clients
Feature: A module that listens
  A script can wait for clients with socket.listen. V1112 serves one client at a time on one object.

  Background:
    Given the script:
      """
      sys = require("sys")
      sysplus = require("sysplus")
      libnet = require("libnet")
      sysplus.taskInitEx(function()
        sys.waitUntil("IP_READY")
        local netc = socket.create(nil, "SERVER")
        socket.config(netc, 5000)
        while true do
          local online = libnet.listen("SERVER", 0, netc)
          log.info("server", online, socket.accept(netc))
          while online do
            online = libnet.wait("SERVER", 60000, netc)
            local ok, data = socket.read(netc)
            if ok and #data > 0 then
              log.info("server", "got", data)
              online = data ~= "bye" and libnet.tx("SERVER", 5000, netc, data:upper())
            end
          end
          log.info("server", "over")
          libnet.close("SERVER", 5000, netc)
        end
      end, "SERVER", function() end)
      sys.run()
      """
    And the module has an address

  Scenario: A client connects and is answered
    When a client connects to port 5000 of the module
    Then within 1 s the client is connected
    And within 1 s the log shows "I/user.server	true	true"
    When the client sends "hello"
    Then within 1 s the log shows "I/user.server	got	hello"
    And within 1 s the client receives "HELLO"

  Scenario: The client goes and the next one comes
    When a client connects to port 5000 of the module
    And the client sends "one"
    Then within 1 s the client receives "ONE"
    When the client closes its connection
    Then within 1 s the log shows "I/user.server	over"
    When a client connects to port 5000 of the module
    And the client sends "two"
    Then within 1 s the client receives "TWO"
    When the client resets its connection
    Then within 1 s the log shows "net_lwip_tcp_err_cb 645:adapter 1 socket"
    And within 1 s the log shows "I/user.server	over"

  Scenario: The module closes
    When a client connects to port 5000 of the module
    And the client sends "bye"
    Then within 2 s the module closes the client's connection

  Scenario: Nobody listens at the port
    When a client connects to port 5001 of the module
    Then within 1 s the client is refused

  Scenario: The connection is reset on its way
    When a client connects to port 5000 of the module
    Then within 1 s the client is connected
    When the connection is reset
    Then within 1 s the client's connection is lost
    And within 1 s the log shows "I/user.server	over"

  Scenario: The client waits for the network
    When the fault "drop coverage for 8s" begins
    And a client connects to port 5000 of the module
    Then within 30 s the client is connected
    When the link becomes a black hole for 5 s
    And the client sends "late"
    Then within 30 s the client receives "LATE"
