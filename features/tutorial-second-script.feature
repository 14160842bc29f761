Feature: The tutorial's second script
  As the vendor's page prints it, two lines stand in the wrong order and it does not compile. Both repairs work.

  Scenario: As printed it never starts
    Given the script "uart-passthrough-broken"
    When power is applied
    Then within 1 s the log shows these lines in order:
      | line                                                     |
      | E/main Luat:                                             |
      | E/main main.lua:86: unexpected symbol near ')'           |
      | E/main Lua VM exit!! reboot in 15000ms                   |
    And after 15 s ± 2 % since "Lua VM exit" the module boots
    And within 1 s the log shows "main.lua:86: unexpected symbol near ')'"

  Scenario Outline: Repaired by <repair>, it passes the word on
    Given the script "<script>"
    When power is applied
    Then within 10 s the log shows "I/user.wsc	conack	nil	nil	nil"
    When 3 s passes
    And '"echo"' arrives at UART 1
    Then within 20 ms the log shows "I/user.UART接收的数据包	"
    And within 1.1 s the log shows "I/user.UART透传成功 进行数据发送"
    And within 1 s the log shows "I/user.wsc	sent	nil	nil	nil"
    And within 200 ms the log shows "I/user.wsc	recv"

    Examples:
      | repair                                          | script              |
      | putting the two lines in the other order        | uart-passthrough-a  |
      | opening the loop after the callback             | uart-passthrough-b  |
