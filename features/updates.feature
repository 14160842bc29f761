Feature: Updates over the air
  A script asks its server for an update, as the vendor's libfota does: 200 brings one, any other status says that there
  is none. The firmware checks what comes. The virtual module keeps its script, so only the restart shows that it was
  taken.

  Background:
    Given the script:
      """
      _G.sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        while true do
          local code, _, body = http.request("GET", "http://updates.test/v1", nil, nil, {fota = true}).wait()
          log.info("update", code, body)
          if code == 200 then sys.wait(1000) rtos.reboot() end
          sys.wait(60000)
        end
      end)
      sys.run()
      """

  Scenario: There is none
    Given the service "http://updates.test" with the routes:
      | method | path | status | body |
      | GET    | /v1  | 404    | none |
    And the module has an address
    Then within 5 s the log shows "I/fota fota failed"
    And within 1 s the log shows "I/user.update	-9	none"
    And the module does not reset for 30 s

  Scenario: A package is taken, and the module restarts
    Given the service "http://updates.test" with the routes:
      | method | path | status | body |
      | GET    | /v1  | 200    | \x16\x8C\xF1\xEAK\x95\x00\x5Cmmmmmmmmmmmmmmmmmmmm\x01\x00\x00\x00ssssssssssssssssssss\x03\x00\x00\x00\x00\x00\x00\x00\x22\xAFd\x5D\x18Y\xCB\x5C\xA6\xDA\x0CHO\x1F7\xEAccccccccccccccccnew |
    And the module has an address
    Then within 5 s the log shows "I/fota write stript data"
    And within 1 s the log shows "I/fota fota ok!, wait reboot"
    And within 1 s the log shows "I/user.update	200	95"
    And within 3 s the module boots

  Scenario Outline: <what> is refused
    Given the service "http://updates.test" with the routes:
      | method | path | status | body   |
      | GET    | /v1  | 200    | <body> |
    And the module has an address
    Then within 5 s the log shows "I/fota <line>"
    And within 1 s the log shows "I/user.update	-9"
    And the module does not reset for 30 s

    Examples:
      | what                          | line                         | body |
      | A package with another digest | stript data md5 check failed | \x16\x8C\xF1\xEA\x5D\xBB\x12\xD2mmmmmmmmmmmmmmmmmmmm\x01\x00\x00\x00ssssssssssssssssssss\x03\x00\x00\x00\x00\x00\x00\x00xxxxxxxxxxxxxxxxccccccccccccccccnew |
      | A page                        | magic num error 6d74683c     | <html>An ordinary page of a server that knows nothing of updates, in more than a hundred bytes of text.</html> |

  Scenario: A package comes in two parts
    Given the service "http://updates.test" with the routes:
      | method | path | status | body | cut | times |
      | GET    | /v1  | 200    | \x16\x8C\xF1\xEAK\x95\x00\x5Cmmmmmmmmmmmmmmmmmmmm\x01\x00\x00\x00ssssssssssssssssssss\x03\x00\x00\x00\x00\x00\x00\x00\x22\xAFd\x5D\x18Y\xCB\x5C\xA6\xDA\x0CHO\x1F7\xEAccccccccccccccccnew | 50  | 1     |
      | GET    | /v1  | 200    | \x16\x8C\xF1\xEAK\x95\x00\x5Cmmmmmmmmmmmmmmmmmmmm\x01\x00\x00\x00ssssssssssssssssssss\x03\x00\x00\x00\x00\x00\x00\x00\x22\xAFd\x5D\x18Y\xCB\x5C\xA6\xDA\x0CHO\x1F7\xEAccccccccccccccccnew |     |       |
    And the module has an address
    Then within 5 s the service receives a GET to "/v1"
    And within 5 s the service receives a GET to "/v1" with the header "Range: bytes=50-"
    And within 1 s the log shows "I/fota fota ok!, wait reboot"
    And within 3 s the module boots
