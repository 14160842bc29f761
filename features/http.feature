Feature: HTTP requests of the module
  http.request asks a server, waits for the answer, and asks again for the rest of a body that was cut.

  Background:
    Given the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        while true do
          local code, headers, body = http.request("POST", "http://api.example.test/up", {A = "b"}, "data", {timeout = 5000}).wait()
          log.info("http", code, headers and headers["X-Own"], body)
          sys.wait(3000)
        end
      end)
      sys.run()
      """

  Scenario: A request and its answer
    Given the service "http://api.example.test" with the routes:
      | method | path | status | body | headers  |
      | POST   | /up  | 200    | fine | X-Own: 1 |
    When power is applied
    Then within 20 s the service receives a POST to "/up" with the header "A: b"
    And within 1 s the log shows "I/user.http	200	1	fine"
    And the service receives no HTTP request for 2 s
    And within 2 s the service receives a POST to "/up"
    And within 4 s the service receives a POST to "/up" with the body "data"
    And within 4 s the service receives a POST to "/u*" with a body that contains "at"

  Scenario: The service has trouble for a while
    Given a service at "http://api.example.test/up" that does "200 fine"
    When power is applied
    Then within 20 s the log shows "I/user.http	200"
    When the service answers 503 for 20 s
    Then within 10 s the log shows "I/user.http	503"
    When the service answers 404 for 5 s
    Then within 5 s the log shows "I/user.http	404"
    And within 6 s the log shows "I/user.http	503"
    And within 30 s the log shows "I/user.http	200"

  Scenario: A path that the service lacks
    Given a service at "http://api.example.test/other" that does "200 fine"
    When power is applied
    Then within 20 s the log shows "I/user.http	404"

  Scenario: Nobody listens
    When power is applied
    Then within 40 s the log shows "E/http http_ctrl close 00000002 -1"
    And within 1 s the log shows "I/user.http	-5"

  Scenario: The network is away while the module asks
    Given a service at "http://api.example.test/up" that does "200 fine"
    When power is applied
    Then within 20 s the log shows "I/user.http	200"
    When coverage is lost for 30 s
    Then within 30 s the log shows "I/user.http	-8"
    And within 60 s the log shows "I/user.http	200"
