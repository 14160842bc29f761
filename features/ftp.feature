Feature: The FTP client of the module
  ftp logs in, asks, brings files and takes files. The server says what it received, and it can refuse, cut and be silent.

  Background:
    Given an FTP server at "ftp://files.example.test" with the user "module" and the password "secret"

  Scenario: F1 A whole session
    Given the service "ftp://files.example.test" with the files:
      | path          | body  |
      | /in/hello.txt | hello |
    And the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        log.info("login", ftp.login(nil, "files.example.test", 21, "module", "secret").wait())
        for _, line in ipairs({"NOOP", "SYST", "TYPE I", "PWD", "MKD a", "CWD a", "CDUP", "RMD a", "LIST in"}) do
          log.info(line, ftp.command(line).wait())
        end
        log.info("pull", ftp.pull("/hello.txt", "in/hello.txt").wait(), io.readFile("/hello.txt"))
        log.info("dele", ftp.command("DELE in/hello.txt").wait())
        io.writeFile("/up.txt", ("0123456789"):rep(400))
        log.info("push", ftp.push("/up.txt", "up.txt").wait())
        log.info("close", ftp.close().wait())
      end)
      sys.run()
      """
    When power is applied
    Then within 20 s the FTP server receives the command "USER module"
    And within 1 s the log shows "I/user.login	true"
    And within 2 s the log shows "I/user.PWD	257"
    And within 2 s the log shows "I/user.RMD a	250"
    And within 3 s the log shows "hello.txt"
    And within 3 s the log shows "I/user.pull	true	hello"
    And within 3 s the FTP server receives the command "STOR up.txt"
    And within 3 s the FTP server replies "226"
    And within 3 s the log shows "I/user.push	true"
    And within 3 s the log shows "I/user.close	221 Goodbye."

  Scenario Outline: <row> A login that fails
    Given the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        log.info("login", ftp.login(nil, "<host>", 21, "<user>", "<password>").wait())
        log.info("noop", ftp.command("NOOP").wait())
      end)
      sys.run()
      """
    When power is applied
    Then within 60 s the log shows "E/ftp <line>"
    And within 1 s the log shows "I/user.login	false"
    And within 1 s the log shows "I/user.noop	-8"

    Examples:
      | row | host               | user   | password | line                    |
      | F2  | files.example.test | module | wrong    | ftp login wrong         |
      | F3  | files.example.test | nobody | secret   | ftp username wrong      |
      | F4  | none.example.test  | module | secret   | ftp network_connect fail |

  Scenario: F7 A file that is not there
    Given the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        ftp.login(nil, "files.example.test", 21, "module", "secret").wait()
        log.info("pull", ftp.pull("/local", "none").wait(), io.fileSize("/local"))
      end)
      sys.run()
      """
    When power is applied
    Then within 20 s the FTP server receives the command "RETR none"
    And within 1 s the FTP server replies "550"
    And within 1 s the log shows "I/user.pull	false	0"
    And the FTP server receives no command "QUIT" for 5 s

  Scenario: F8 The server ends an idle session
    Given the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        log.info("login", ftp.login(nil, "files.example.test", 21, "module", "secret").wait())
        sys.wait(5000)
        log.info("noop", ftp.command("NOOP").wait())
        log.info("again", ftp.login(nil, "files.example.test", 21, "module", "secret").wait())
      end)
      sys.run()
      """
    When power is applied
    Then within 20 s the log shows "I/user.login	true"
    When the FTP server drops the client
    Then within 2 s the log shows "E/ftp ftp network error"
    And within 6 s the log shows "I/user.noop	false"
    And within 2 s the log shows "I/user.again	true"

  Scenario: The server has no room
    Given the service "ftp://files.example.test" with the replies:
      | to   | with        | times |
      | STOR | 452 no room | 1     |
    And the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        ftp.login(nil, "files.example.test", 21, "module", "secret").wait()
        io.writeFile("/up", "data")
        log.info("push", ftp.push("/up", "up").wait())
        log.info("push", ftp.push("/up", "up").wait())
      end)
      sys.run()
      """
    When power is applied
    Then within 20 s the log shows "I/user.push	false"
    And within 5 s the FTP server stores "/up" with the content "data"
    And within 5 s the log shows "I/user.push	true"

  Scenario: A transfer ends in its middle
    Given the service "ftp://files.example.test" with the files:
      | path | bytes | cut  |
      | /big | 8000  | 3000 |
    And the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        ftp.login(nil, "files.example.test", 21, "module", "secret").wait()
        log.info("pull", ftp.pull("/local", "big").wait(), io.fileSize("/local"))
      end)
      sys.run()
      """
    When power is applied
    Then within 20 s the FTP server replies "426"
    And within 1 s the log shows "I/user.pull	false"

  Scenario: A silent server is waited for for 30 s
    Given the service "ftp://files.example.test" with the replies:
      | to   | with |
      | PASV |      |
    And the script:
      """
      sys = require("sys")
      require("sysplus")
      sys.taskInit(function()
        sys.waitUntil("IP_READY")
        ftp.login(nil, "files.example.test", 21, "module", "secret").wait()
        log.info("pull", ftp.pull("/local", "big").wait())
      end)
      sys.run()
      """
    When power is applied
    Then within 20 s the FTP server receives the command "PASV"
    And after 30 s ±2 s the log shows "I/user.pull	false"
