Feature: Text messages
  The module sends text messages and gets them, as the operator delivers them and as the firmware makes them.

  Background:
    Given the script:
      """
      _G.sys = require("sys")
      sys.subscribe("SMS_INC", function(phone, text) log.info("topic", phone, text) end)
      sms.setNewSmsCb(function(phone, text, metas)
        log.info("sms", phone, text, metas.seqNum, metas.maxNum)
        local to, message = text:match("^send (%S+) (.+)$")
        if to then log.info("sent", sms.send(to, message)) end
        if text == "forget" then log.info("cleared", sms.clearLong()) end
        if text == "shut down" then pm.shutdown() end
        if text == "alone" then log.info("merge", sms.autoLong(false)) end
      end)
      sys.run()
      """
    And the module has an address

  Scenario: A message comes to the callback first, and then to the subscribers
    When a text message from "+8613800000000" says "hello"
    Then within 2 s the log shows these lines in order:
      | line                                   |
      | D/sms dcs 0 \| 0 \| 0 \| 0              |
      | I/user.sms	+8613800000000	hello	0	0     |
      | I/user.topic	+8613800000000	hello       |

  Scenario: A Chinese message
    When a text message from "10086" says "您的余额为12.34元"
    Then within 2 s the log shows "D/sms dcs 2 | 0 | 0 | 0"
    And within 1 s the log shows "I/user.sms	10086	您的余额为12.34元"

  Scenario: An alarm leaves as a text message
    When a text message from "+8613900000000" says "send +8613800000000 the pump is off"
    Then within 2 s the log shows "D/sms phone [13800000000]"
    And within 5 s a text message to "+8613800000000" says "the pump is off"
    And within 1 s the log shows "send message: [0]"

  Scenario: A Chinese alarm leaves as UCS-2
    When a text message from "+8613900000000" says "send 13800000000 水泵停止"
    Then within 2 s the log shows "D/sms phone [8613800000000]"
    And within 5 s a text message to "+8613800000000" says "水泵停止"

  Scenario: The firmware spoils the number of the operator in a Chinese message
    When a text message from "+8613900000000" says "send 10086 余额"
    Then within 5 s a text message to "+8610086" says "余额"

  Scenario: The firmware spoils characters of two bytes
    When a text message from "+8613900000000" says "send 13800000000 5 °C"
    Then within 2 s the log shows "D/sms found non-ASCII char, using PDU mode"
    And within 5 s a text message to "+8613800000000" contains "5 "
    And the module sends no text message for 5 s

  Scenario: A text that is too long is refused, and the result is nothing
    When a text message from "10010" says "send 13800000000 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"
    Then within 2 s the log shows "I/sms sms is too long 151"
    And within 1 s the log shows "I/user.sent"
    And the module sends no text message for 10 s

  Scenario: A long message arrives whole
    When a text message from "10010" says "A long text of the operator, which does not fit into one message of a hundred and sixty characters and so comes in two parts that the firmware puts together again, if both come."
    Then within 2 s the log shows "I/sms long-sms, wait more frags 1/2"
    And within 2 s the log shows "I/sms long-sms is ok"
    And within 1 s the log shows "puts together again, if both come.	2	2"

  Scenario: Parts come in any order
    When part 2 of 2 of the text message 17 from "10010" says "world"
    Then within 2 s the log shows "I/sms long-sms, wait more frags 2/2"
    When part 1 of 2 of the text message 17 from "10010" says "hello "
    Then within 2 s the log shows "I/user.sms	10010	hello world	1	2"

  Scenario: A part that comes twice spoils the message for good
    When part 1 of 2 of the text message 17 from "10010" says "hello "
    And part 1 of 2 of the text message 17 from "10010" says "hello "
    And part 2 of 2 of the text message 17 from "10010" says "world"
    Then the log does not show "I/user.sms	10010" for 10 s
    When a text message from "10010" says "forget"
    Then within 2 s the log shows "I/user.cleared	3"

  Scenario: Parts that are not merged arrive by themselves
    When a text message from "10010" says "alone"
    Then within 2 s the log shows "I/user.merge	false"
    When part 1 of 2 of the text message 17 from "10010" says "hello "
    Then within 2 s the log shows "I/user.sms	10010	hello 	1	2"
    When part 2 of 2 of the text message 17 from "10010" says "world"
    Then within 2 s the log shows "I/user.sms	10010	world	2	2"

  Scenario: The network refuses a message, and only a line of the log tells
    When the network refuses text messages with code 38
    And a text message from "+8613900000000" says "send 13800000000 alarm"
    Then within 2 s the log shows "I/user.sent	true"
    And within 5 s the log shows "send message: [38]"
    And the module sends no text message for 5 s

  Scenario: A message waits while there is no coverage
    When coverage is lost for 60 s
    And a text message from "10086" says "back again"
    Then the log does not show "back again" for 60 s
    And within 10 s the log shows "I/user.sms	10086	back again"

  Scenario: A message waits for a module that has shut itself down
    When a text message from "10086" says "shut down"
    And 2 s passes
    And a text message from "10086" says "good morning"
    Then the log does not show "good morning" for 30 s
    When the power key is pressed for 2 s
    Then within 20 s the log shows "I/user.sms	10086	good morning"

  Scenario: A message that nobody answers ends with a timeout
    When a text message from "+8613900000000" says "send 13800000000 alarm"
    Then within 1 s the log shows "I/user.sent	true"
    When text messages are held for 2 m
    Then within 50 s the log shows "send message: [332]"

  Scenario: The network confirms messages that are lost
    When a text message from "+8613900000000" says "send 13800000000 alarm"
    Then within 1 s the log shows "I/user.sent	true"
    When text messages are lost for 1 m
    Then within 5 s the log shows "send message: [0]"
    And the module sends no text message for 5 s

  Scenario: What comes from one telephone reaches another
    Given a settling time of 5 s
    When 10 s passes
    And a text message from "+8613900000000" says "send +8613800000000 alarm 1"
    Then within 5 s a text message to "+8613800000000" says "alarm 1"
    When a text message from "+8613900000000" says "send +8613800000000 alarm 2"
    And 20 s passes
    Then every "send +8613800000000 alarm {no}" at phone +8613900000000 reaches phone 13800000000 as "alarm {no}" exactly once within 10 s

  Scenario: Text messages come again and again
    When a text message from "13800000000" says "no {n}" every 4 s
    Then within 2 s the log shows "I/user.topic	13800000000	no 1"
    And within 6 s the log shows "I/user.topic	13800000000	no 2"
    And within 6 s the log shows "I/user.topic	13800000000	no 3"
