@needs-clients
Feature: Steps about clients of the module that fail
  Each row is a step and how it fails; "*" stands for any text.

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
        libnet.listen("SERVER", 0, netc)
        socket.accept(netc)
        sys.wait(600000)
      end, "SERVER", function() end)
      sys.run()
      """
    And the module has an address

  Scenario Outline: <step>
    When a client connects to port <port> of the module
    Then within 5 s <step>

    Examples:
      | port | step                                      | failure |
      | 5001 | the client is connected                   | expected a client that is connected within 5 s; it had not come by |
      | 5000 | the client is refused                     | expected a client that is refused within 5 s; it had not come by |
      | 5000 | the client receives "x"                   | expected 'x' at the client within 5 s; it had not come by |
      | 5000 | the module closes the client's connection | expected a client that is closed within 5 s; it had not come by |
      | 5000 | the client's connection is lost           | expected a client that is lost within 5 s; it had not come by |
