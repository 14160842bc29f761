Feature: Steps about services that fail
  Each row is a step and how it fails; "*" stands for any text.

  Background:
    Given a service at "ws://feed.example/feed" that echoes
    And an FTP server at "ftp://files.example"
    And a broker at "mqtt://broker.example"
    And a service at "http://api.example/up" that does "200 fine"
    And a service at "udp://time.example:9000" that echoes
    And a service at "tcp://line.example:7000" that runs "echo.lua"
    And the script:
      """
      _G.sys = require("sys")
      _G.sysplus = require("sysplus")
      uart.setup(1)
      local function connected(host, port, udp, text)
        local client = socket.create(nil, function(client, event)
          if event == socket.ON_LINE then socket.tx(client, text) end
        end)
        socket.config(client, nil, udp)
        socket.connect(client, host, port)
        return client
      end
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        log.info("begins")
        local feed = websocket.create(nil, "ws://feed.example/feed")
        feed:on(function(client, event)
          if event == "conack" then sys.timerLoopStart(client.send, 5000, client, "hello") end
        end)
        feed:connect()
        local broker = mqtt.create(nil, "broker.example", 1883)
        broker:auth("module", "", "")
        broker:will("gone", "by will", 0)
        broker:on(function(client, event)
          if event == "conack" then
            client:subscribe("down", 0)
            sys.timerLoopStart(client.publish, 5000, client, "up", "hello", 0)
          end
        end)
        broker:connect()
        local line = connected("line.example", 7000, false, "hello")
        -- The library websocket never sends a close frame.
        local raw = connected("feed.example", 80, false, "GET /feed HTTP/1.1\r\nHost: feed.example\r\n" ..
          "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n" ..
          "Sec-WebSocket-Version: 13\r\n\r\n")
        uart.on(1, "receive", function()
          if uart.read(1, 100) == "close" then socket.tx(raw, "\x88\x82\0\0\0\0\x03\xE8") end
        end)
        local time = connected("time.example", 9000, true, "hello")
        ftp.login(nil, "files.example", 21, "module", "").wait()
        while true do
          http.request("GET", "http://api.example/up").wait()
          ftp.command("NOOP").wait()
          socket.tx(time, "hello")
          sys.wait(5000)
        end
      end)
      sys.run()
      """
    When power is applied
    Then within 5 s the log shows "begins"
    And within 20 s the FTP server receives the command "NOOP"

  Scenario Outline: <step>
    When <act>
    Then <step>

    Examples: HTTP
      | act                   | step                                                                     | failure |
      | 1 s passes            | within 9 s the service receives a POST to "/up"                          | expected the service to receive a POST to /up within 9 s; it had not come by |
      | 1 s passes            | within 9 s the service receives a GET to "/up" with the body "x"         | expected the service to receive a GET to /up with the body 'x' within 9 s; it had not come by |
      | 1 s passes            | within 9 s the service receives a GET to "/*" with a body that contains "x" | expected the service to receive a GET to /* with 'x' in its body within 9 s; it had not come by |
      | 1 s passes            | within 9 s the service receives a GET to "/up" with the header "A: b"    | expected the service to receive a GET to /up with the header 'A: b' within 9 s; it had not come by |
      | 1 s passes            | the service receives no HTTP request for 9 s                             | expected no such thing for 9 s: the service to receive an HTTP request; it happened at |
      | "x" arrives at UART 1 | the service receives 9 HTTP requests within 9 s                          | expected 9 HTTP requests at the service, counted 1 |
      | 1 s passes            | within 9 s the service answers with the status 404                       | expected the service to answer with 404 within 9 s; it had not come by |
      | 1 s passes            | within 9 s the service answers with the status 200 and the header "A: b" | expected the service to answer with 200 and the header 'A: b' within 9 s; it had not come by |

    Examples: FTP
      | act        | step                                                       | failure |
      | 1 s passes | within 9 s the FTP server receives the command "STOR"      | expected the FTP server to receive STOR within 9 s; it had not come by |
      | 1 s passes | the FTP server receives no command "NOOP" for 9 s          | expected no such thing for 9 s: the FTP server to receive NOOP; it happened at |
      | 1 s passes | within 9 s the FTP server replies "550"                    | expected the FTP server to reply '550' within 9 s; it had not come by |
      | 1 s passes | within 9 s the FTP server stores "/a" with the content "x" | expected the FTP server to store /a with 'x' within 9 s; it had not come by |

    Examples: MQTT
      | act                   | step                                                               | failure |
      | 1 s passes            | within 9 s the broker receives "x" on "up"                         | expected the broker to receive a PUBLISH of 'x' on 'up' within 9 s; it had not come by |
      | 1 s passes            | within 9 s the broker receives "hello" on "up" with QoS 1          | expected the broker to receive a PUBLISH of 'hello' on 'up' with QoS 1 within 9 s; it had not come by |
      | 1 s passes            | within 9 s the broker receives a message on "up" that contains "x" | expected the broker to receive a PUBLISH on 'up' with 'x' in it within 9 s; it had not come by |
      | 1 s passes            | within 9 s the broker receives a DISCONNECT                        | expected the broker to receive a DISCONNECT within 9 s; it had not come by |
      | 1 s passes            | after 9 s ± 1 s the broker receives a PUBLISH                      | expected the broker to receive a PUBLISH 9 s ± 1 s after * s; it came too early, after |
      | 1 s passes            | within 9 s the broker receives a CONNECT of "other"                | expected the broker to receive a CONNECT of 'other' within 9 s; it had not come by |
      | 1 s passes            | within 9 s the broker receives a SUBSCRIBE of "down" with QoS 1    | expected the broker to receive a SUBSCRIBE of 'down' with QoS 1 within 9 s; it had not come by |
      | 1 s passes            | the broker receives no PUBLISH for 9 s                             | expected no such thing for 9 s: the broker to receive a PUBLISH; it happened at |
      | "x" arrives at UART 1 | the broker receives 9 PUBLISH packets within 9 s                   | expected 9 PUBLISH packets at the broker, counted 1 |
      | 1 s passes            | within 9 s the broker sends a PUBACK                               | expected the broker to send a PUBACK within 9 s; it had not come by |
      | 1 s passes            | within 9 s the broker sends a CONNACK with code 3                  | expected the broker to send a CONNACK with code 3 within 9 s; it had not come by |
      | 1 s passes            | within 9 s the broker drops the client                             | expected the broker to drop the client within 9 s; it had not come by |
      | 1 s passes            | within 9 s the will "by will" is published to "gone"               | expected the will 'by will' on 'gone' within 9 s; it had not come by |

    Examples: WebSocket, TCP and UDP
      | act                       | step                                                               | failure |
      | 1 s passes                | within 9 s the service logs "x"                                    | expected a service to log 'x' within 9 s; it had not come by |
      | 1 s passes                | within 9 s the service receives "x" on TCP                         | expected the service to receive 'x' within 9 s; it had not come by |
      | 1 s passes                | within 9 s the service sees the header "A: b"                      | expected an upgrade request with the line 'A: b' within 9 s; it had not come by |
      | 1 s passes                | within 9 s the service at "ws://other.example/" has a connection   | expected a connection to ws://other.example/ within 9 s; it had not come by |
      | 1 s passes                | within 9 s the service receives the text "x"                       | expected the service to receive 'x' within 9 s; it had not come by |
      | 1 s passes                | within 9 s the service receives the bytes "00"                     | expected the service to receive 00 within 9 s; it had not come by |
      | 1 ms passes               | within 1 ms the service receives a text                            | expected the service to receive a text within 1 ms; it had not come by |
      | 1 s passes                | after 9 s ± 1 s the service receives a ping                        | expected the service to receive a ping 9 s ± 1 s after * s; it had not come by |
      | 1 s passes                | within 9 s the service receives an empty pong                      | expected the service to receive an empty pong within 9 s; it had not come by |
      | "close" arrives at UART 1 | the service receives no close frame for 9 s                        | expected no such thing for 9 s: the service to receive a close frame; it happened at |
      | "x" arrives at UART 1     | the service receives 9 requests within 9 s                         | expected 9 requests at the service, counted 1 |
      | 1 s passes                | within 9 s the service sends the text "x"                          | expected the service to send 'x' within 9 s; it had not come by |
      | 1 s passes                | the service sends nothing for 9 s                                  | expected no such thing for 9 s: the service to send anything; it happened at |
      | 1 s passes                | within 9 s "time.example" receives a datagram that starts with "x" | expected time.example to receive a datagram that starts with 'x' within 9 s; it had not come by |
      | 1 s passes                | "time.example" receives nothing for 9 s                            | expected no such thing for 9 s: time.example to receive a datagram; it happened at |
      | 1 s passes                | "udp://time.example:9000" receives nothing for 9 s                 | expected no such thing for 9 s: udp://time.example:9000 to receive a datagram; it happened at |
      | 1 s passes                | "http://time.example" receives nothing for 9 s                     | 'http://time.example' takes no datagrams; write a host or udp://HOST:PORT |

  Scenario: Another upgrade request
    expected an upgrade request that reads
    Then within 9 s the service sees this upgrade request:
      """
      GET /other HTTP/1.1
      """
