Feature: A forwarder of text messages
  It passes each text message on to a web hook, whatever the network and the web hook do, and sends what its owner
  tells it.

  Background:
    Given the script "sms-forwarder"
    And a service at "http://hook.example/in" that does "200 ok"
    And the module has an address

  Scenario: A message arrives at the web hook
    When a text message from "+8613900000000" says "Your code is 4711"
    Then within 5 s the service receives a POST to "/in" with a body that contains '"text":"Your code is 4711"'

  Scenario: A long message arrives in one piece
    When a text message from "10086" says "0123456789012345678901234567890123456789012345678901234567890123456789 0123456789012345678901234567890123456789012345678901234567890123456789 and the end"
    Then within 10 s the service receives a POST to "/in" with a body that contains "6789 and the end"
    And the service receives no HTTP request for 30 s

  Scenario: A web hook that refuses is asked again
    When the service answers 503 for 1 min
    And a text message from "10086" says "later"
    Then within 5 s the service answers with the status 503
    And within 2 min the service answers with the status 200

  Scenario: A message outlives a power cut
    When the service goes down for 1 min
    And a text message from "10086" says "kept"
    And 10 s passes
    And power is cut for 5 s
    Then within 2 min the service receives a POST to "/in" with a body that contains '"text":"kept"'

  Scenario: A number that is not the owner's gives no orders
    When a text message from "13900000000" says "SEND 10086 balance"
    Then the module sends no text message for 10 s

  Scenario: The owner sends through the module
    When a text message from "+8613800000001" says "SEND 10086 balance"
    Then within 10 s a text message to "10086" says "balance"

  @needs-virtual-time
  Scenario: Every message of an hour with bad minutes arrives
    Given a settling time of 1 min
    When a text message from "13900000000" says "message {n}" every 20 s
    And 10 min passes
    And coverage is lost for 5 min
    And 10 min passes
    And DNS fails for 5 min
    And 10 min passes
    And the service goes down for 5 min
    And 15 min passes
    Then every "{text}" at phone 13900000000 reaches the service as '{"text": text}' within 3 min
    And '{"no": no}' at the service never goes back
    And the module never restarts by itself
