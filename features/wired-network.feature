Feature: A wired network whose chip is not there
  The driver of the W5500 asks on SPI again and again, and its link never comes up. The mobile network goes on.

  Scenario: A connection over it waits for ever, and one over the mobile network does not
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        w5500.init(0, 25600000, 8, 18, 1)
        log.info("mac", w5500.getMac():toHex())
        w5500.config("192.168.1.9", "255.255.255.0", "192.168.1.1")
        w5500.bind(socket.ETH0)
        log.info("ip", socket.localIP(socket.ETH0))
        sys.waitUntil("IP_READY")
        for name, adapter in pairs({wired = socket.ETH0, mobile = socket.LWIP_GP}) do
          local client = socket.create(adapter, function(_, event) log.info(name, event == socket.ON_LINE) end)
          socket.config(client)
          log.info("connect", name, socket.connect(client, "tcp.example.test", 1234))
        end
        sys.wait(30000)
        log.info("config", w5500.config())
      end)
      sys.run()
      """
    And a service at "tcp://tcp.example.test:1234" that echoes
    When power is applied
    Then within 2 s the log shows "D/w5500 cs 8 irq 18 reset 1 link 255"
    And within 100 ms the log shows "I/user.mac	"
    And within 100 ms the log shows "I/user.ip	192.168.1.9	255.255.255.0	192.168.1.1"
    And within 20 s the log shows "I/user.mobile	true"
    And the log does not show "user.wired" for 20 s
    And within 20 s the log shows "D/w5500 device no ready"
    And within 100 ms the log shows "I/user.config	false"
