Feature: Releases of the firmware
  V1112 is the module as it is delivered. Later releases differ from it in a table of documented changes.

  Scenario Outline: The name of the release, and the shortest watchdog
    Given a module with the firmware "<release>"
    And the script:
      """
      sys = require("sys")
      log.info("release", rtos.version(), rtos.firmware(), wdt.init(9000))
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/main LuatOS@<banner> 32bit"
    And within 1 s the log shows "<line>"

    Examples:
      | release | banner                       | line                                           |
      | V1112   | EC618 base 23.11 bsp V1112   | V1112	LuatOS-SoC_V1112_EC618	true         |
      | V1113   | Air780E base 23.11 bsp V1113 | V1113	LuatOS-SoC_V1113_EC618	false        |

  Scenario Outline: The code for a host that does not exist
    Given a module with the firmware "<release>"
    And the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        log.info("http", http.request("GET", "http://nowhere.example.test/").wait())
      end)
      sys.run()
      """
    When power is applied
    Then within 40 s the log shows exactly "I/user.http	<code>"

    Examples:
      | release | code |
      | V1112   | -5   |
      | V1113   | -5   |
      | V1114   | -4   |

  Scenario Outline: A body that is cut
    Given a module with the firmware "<release>"
    And a service at "http://api.example.test/" that does "200 0123456789"
    And the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local code, headers, body = http.request("GET", "http://api.example.test/", nil, nil, {timeout = 9000}).wait()
        log.info("http", code, body)
      end)
      sys.run()
      """
    And the module is running
    When the service cuts its HTTP bodies for 60 s
    Then within 30 s the log shows "E/http http_ctrl close 00000005 -1"
    And within 10 s the log shows "I/user.http	<answer>"
    And the service receives <requests> HTTP requests within 1 s

    Examples:
      | release | answer        | requests |
      | V1112   | -5            | 4        |
      | V1114   | -5            | 1        |

  Scenario Outline: How long http waits by itself
    Given a module with the firmware "<release>"
    And a service at "http://api.example.test/" that does "silent"
    And the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        log.info("http", "asks")
        log.info("http", http.request("GET", "http://api.example.test/").wait())
      end)
      sys.run()
      """
    When power is applied
    Then within 20 s the log shows "I/user.http	asks"
    And after <time> ± 1 % the log shows "I/user.http	-8"

    Examples:
      | release | time  |
      | V1112   | 600 s |
      | V1114   | 60 s  |

  Scenario: From V1118 on http deletes, and asks the server to close
    Given a module with the firmware "V1118"
    And a service at "http://api.example.test/old" that does "204"
    And the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        log.info("http", http.request("DELETE", "http://api.example.test/old").wait())
      end)
      sys.run()
      """
    When power is applied
    Then within 20 s the service receives a DELETE to "/old" with the header "Connection: Close"
    And within 2 s the log shows "I/user.http	204"

  Scenario Outline: What mqtt tells
    Given a module with the firmware "<release>"
    And a broker at "mqtt://broker.example.test:1883"
    And the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local c = mqtt.create(nil, "broker.example.test", 1883)
        c:auth("module-1")
        c:keepalive(15)
        c:on(function(client, event, data, payload, flags)
          log.info("mqtt", event, flags and flags.message_id or data)
          if event == "conack" then client:subscribe("down", 1) end
        end)
        c:connect()
      end)
      sys.subscribe("MQTT_PONG", function() log.info("topic", "pong") end)
      sys.run()
      """
    When power is applied
    Then within 20 s the broker receives a SUBSCRIBE of "down" with QoS 1
    When the broker publishes "1" to "down" with QoS 1
    Then within 2 s the log shows exactly "I/user.mqtt	recv	<id>"
    When the broker drops the client
    Then within 5 s the log shows exactly "I/user.mqtt	disconnect	<code>"

    Examples:
      | release | id   | code          |
      | V1112   | down | 0.000000e-308 |
      | V1114   | down | 0             |
      | V1116   | 1    | 0             |

  Scenario Outline: Whether mqtt tells the result of auth and of a subscription
    Given a module with the firmware "<release>"
    And a broker at "mqtt://broker.example.test:1883"
    And the script:
      """
      sys = require("sys")
      local seen = {}
      sys.subscribe("MQTT_CONNACK", function() table.insert(seen, "topic") end)
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local c = mqtt.create(nil, "broker.example.test", 1883)
        table.insert(seen, tostring((c:auth(("m"):rep(100), "user", "pass"))))
        c:auth("module-1")
        c:on(function(client, event, data, payload)
          table.insert(seen, ("%s %s %s"):format(event, data, payload))
          if event == "conack" then client:subscribe("down", 1) end
          if event == "suback" then client:unsubscribe("down") end
        end)
        c:connect()
        sys.wait(3000)
        log.info("seen", table.concat(seen, ", "))
      end)
      sys.run()
      """
    When power is applied
    Then within 20 s the log shows exactly "I/user.seen	<told>"

    Examples:
      | release | told                                                  |
      | V1112   | nil, conack nil nil, topic                            |
      | V1114   | true, conack nil nil, topic                           |
      | V1116   | true, conack nil nil, suback true 1, unsuback nil nil |

  Scenario Outline: Why an mqtt connection ends
    Given a module with the firmware "<release>"
    And a broker at "mqtt://broker.example.test:1883"
    And the script:
      """
      sys = require("sys")
      local seen = {}
      local function connect(port)
        local c = mqtt.create(nil, "broker.example.test", port)
        c:auth("module-1")
        c:on(function(client, event, data, code)
          if event ~= "close" then table.insert(seen, ("%s %s %s"):format(event, data, code)) end
        end)
        c:connect()
        sys.wait(2000)
        c:close()
      end
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        connect(1884)
        connect(1883)
        log.info("seen", table.concat(seen, ", "))
      end)
      sys.run()
      """
    And the module is running
    When the broker refuses with code 5 for 60 s
    Then within 20 s the log shows exactly "I/user.seen	<told>"

    Examples:
      | release | told                                                                |
      | V1115   | disconnect 0 nil, disconnect 5 nil                                  |
      | V1116   | error connect 0, disconnect 0 nil, disconnect 5 nil, error conack 5 |

  Scenario Outline: Whether mqtt waits for a CONNACK for ever
    Given a module with the firmware "<release>"
    And a service at "mqtt://broker.example.test:1883" that does "silent"
    And the script:
      """
      sys = require("sys")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local seen = {"told"}
        local c = mqtt.create(nil, "broker.example.test", 1883, nil, {conn_timeout = 10})
        c:auth("module-1")
        c:on(function(client, event, data) table.insert(seen, ("%s %s"):format(event, data)) end)
        c:connect()
        sys.wait(15000)
        log.info("seen", table.concat(seen, ", "))
      end)
      sys.run()
      """
    When power is applied
    Then within 30 s the log shows exactly "I/user.seen	<told>"

    Examples:
      | release | told                                         |
      | V1116   | told                                         |
      | V1118   | told, error timeout, disconnect 0, close nil |

  Scenario Outline: The answer to a ping
    Given a module with the firmware "<release>"
    And a broker at "mqtt://broker.example.test:1883"
    And the script:
      """
      sys = require("sys")
      local pongs = 0
      sys.subscribe("MQTT_PONG", function() pongs = pongs + 10 end)
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        local c = mqtt.create(nil, "broker.example.test", 1883)
        c:auth("module-1")
        c:keepalive(15)
        c:on(function(client, event) if event == "pong" then pongs = pongs + 1 end end)
        c:connect()
        sys.wait(20000)
        log.info("pongs", pongs)
      end)
      sys.run()
      """
    When power is applied
    Then within 40 s the log shows exactly "I/user.pongs	<count>"

    Examples:
      | release | count |
      | V1112   | 0     |
      | V1113   | 11    |

  Scenario Outline: Who set the time
    Given a module with the firmware "<release>"
    And the script:
      """
      sys = require("sys")
      sys.subscribe("NTP_UPDATE", function(...) log.info("time", select("#", ...), ...) end)
      sys.run()
      """
    When power is applied
    Then within 20 s the log shows exactly "I/user.time	<told>"

    Examples:
      | release | told  |
      | V1116   | 0     |
      | V1118   | 1	1 |

  Scenario: From V1114 on an adapter that is not there is no crash
    Given a module with the firmware "V1114"
    And the script:
      """
      sys = require("sys")
      log.info("adapter", socket.setDNS(4, 1, "223.5.5.5"), socket.localIP(4))
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "W/socket adapter_index is invaild 4"
    And within 1 s the log shows exactly "I/user.adapter	false"
