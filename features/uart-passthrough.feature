Feature: UART passthrough
  The script polls once a second: if the serial line has said exactly "echo", quotes included, it sends a request to the
  service. Its receive callback reads from the wrong end of the buffer, so what happens to two packets within one second
  depends on their lengths. These rows are what the module really does.

  Background:
    Given the script "uart-passthrough-a"
    And the module is connected
    And the script has just polled

  Scenario Outline: Within one poll: <case>
    When '<first>' arrives at UART 1
    And '<second>' arrives at UART 1 100 ms later
    Then within 1 s the log shows exactly 'I/user.UART接收的数据包	<read>'
    And the service receives <requests> requests within 3 s

    Examples:
      | case                                  | first       | second   | read       | requests |
      | the word                              | "echo"      |          | "echo"     | 1        |
      | the word twice                        | "echo"      | "echo"   | "echo"     | 1        |
      | the word, then three other bytes      | "echo"      | abc      | "ec        | 0        |
      | three other bytes, then the word      | abc         | "echo"   | abc"ec     | 0        |
      | the word, then six other bytes        | "echo"      | 123456   | "echo"     | 1        |
      | six other bytes, then the word        | 123456      | "echo"   | 123456     | 0        |
      | the word with CR LF                   | "echo"\\r\\n |         | "echo"\\r\\n | 0        |
      | the word in two halves                | "ec         | ho"      | "ec        | 0        |
      | the word without quotes               | echo        |          | echo       | 0        |
      | the word in capitals                  | "ECHO"      |          | "ECHO"     | 0        |

  Scenario: The request goes out at the next poll, at most a second later
    When '"echo"' arrives at UART 1
    Then within 20 ms the log shows "I/user.UART接收的数据包	"
    And within 1 s the log shows "I/user.UART透传成功 进行数据发送"
    And within 1 s the log shows "I/user.wsc	sent	nil	nil	nil"
    And within 200 ms the log shows a line that matches "^I/user\.wsc\trecv\t\{\n   \"action\": \"echo\""

  Scenario: Noise on the line drops what the driver has buffered
    When 40 bytes of line noise arrive at UART 1
    Then the log does not show "UART接收的数据包" for 1 s
    When '"echo"' arrives at UART 1
    Then the service receives 1 requests within 3 s

  Scenario: A word split by a pause within one second is lost, at any point
    When '"echo"' arrives at UART 1 split after 3 bytes with 20 ms between
    Then the service receives 0 requests within 3 s

  Scenario: Words that come before the connection are glued to the first one after it
    Given the script "uart-passthrough-a"
    When power is applied
    And 1 s passes
    And '"echo"' arrives at UART 1
    Then within 10 s the log shows "I/user.wsc	conack	nil	nil	nil"
    When '"echo"' arrives at UART 1 300 ms later
    Then within 1 s the log shows exactly 'I/user.UART接收的数据包	"echo""echo"'
    And the service receives 0 requests within 3 s
