Feature: A meter gateway in the field
  It reads an electricity meter by Modbus and the cabinet's climate by an SHT30, reports to a broker, switches a relay
  and sleeps. What may go wrong in the field goes wrong here: no reading is lost, and none is false.

  Background:
    Given the world's date is "2024-10-13 08:00:00"
    And the script "meter-gateway"
    And a broker at "mqtt://broker.example:1883" with the user "pump-7" and the password "secret"
    And a peer "modbus-slave.lua" on UART 1 with:
      | parameter  | value |
      | register 0 | 1     |
      | register 1 | 34464 |
      | register 2 | 1500  |
      | register 3 | 2301  |

  Scenario: A reading has all values and its time
    Given a peer "sht30.lua" on I2C 0 at 0x44 with:
      | parameter   | value |
      | temperature | 25    |
      | humidity    | 50    |
    When power is applied
    Then within 20 s the broker receives "online" on "site/pump-7/state"
    And within 5 s the broker receives a message on "site/pump-7/reading" that contains '{"n":1,"t":17287776'
    And within 6 min the broker receives a message on "site/pump-7/reading" that contains '"wh":100000,"w":1500,"mv":230100,"temp":250,"hum":500,"relay":0}'

  @needs-virtual-time
  Scenario: It sleeps nearly all of the hour, and reports every five minutes
    Given a peer "sht30.lua" on I2C 0 at 0x44 with:
      | parameter   | value |
      | temperature | 25    |
      | humidity    | 50    |
    And USB is unplugged
    When power is applied
    Then within 30 s the broker receives a message on "site/pump-7/reading" that contains '"n":1,'
    And the module sleeps at least 95 % of 1 h
    And topic site/pump-7/reading keeps receiving a text at least every 301 s
    And the module never restarts by itself

  @needs-virtual-time
  Scenario: Hours without a network lose nothing
    When power is applied
    Then within 30 s the broker receives a message on "site/pump-7/reading" that contains '"n":1,'
    When 1 s passes
    And coverage is lost for 5 h
    And 301 min passes
    Then within 1 min the broker receives a message on "site/pump-7/reading" that contains '"n":60,'
    And for every '{"n": n, "t": t}' on topic site/pump-7/reading holds "last == nil or n == last.n + 1"
    And for every '{"n": n, "t": t}' on topic site/pump-7/reading holds "last == nil or math.abs(t - last.t - 300) < 3"
    And no text on topic site/pump-7/reading repeats "n"

  @needs-virtual-time
  Scenario: The radio starts again where the network does not come back
    When power is applied
    Then within 30 s the log shows "I/user.link	up"
    When coverage is lost for 3 h
    Then within 3 h the log shows "no network, the radio starts again"
    And within 2 h the log shows "I/user.link	up, readings to send	3"

  @needs-virtual-time
  Scenario: A full queue gives up its oldest readings and tells so
    When power is applied
    Then within 30 s the log shows "I/user.link	up"
    When coverage is lost for 10 h
    Then within 10 h the log shows "W/user.queue	full, lost	2"
    And within 3 h the log shows "I/user.link	up, readings to send	96"
    And within 30 s the broker receives a message on "site/pump-7/reading" that contains '"n":121,'
    And '{"n": n}' on topic site/pump-7/reading never goes back

  @needs-virtual-time
  Scenario: The queue outlives a power cut without a network
    When power is applied
    Then within 30 s the broker receives a message on "site/pump-7/reading" that contains '"n":1,'
    When 1 s passes
    And coverage is lost for 65 min
    And 1 h passes
    And power is cut for 2 min
    Then within 3 min the log shows "I/user.queue	kept	12	next	14"
    And within 10 min the log shows "I/user.link	up, readings to send"
    And within 10 s the broker receives a message on "site/pump-7/reading" that contains '"n":14,'
    And for every '{"n": n}' on topic site/pump-7/reading holds "last == nil or n == last.n + 1"

  Scenario: The broker drops the client
    When power is applied
    Then within 30 s the broker receives a message on "site/pump-7/reading" that contains '"n":1,'
    When the broker drops the client
    Then within 2 s the log shows "W/user.link	lost	again in	5"
    And within 10 s the broker receives "online" on "site/pump-7/state"

  @needs-virtual-time
  Scenario: A broker that refuses is not asked all the time
    When power is applied
    And the broker refuses with code 3 for 1 h
    And 1 h passes
    Then the module never tries to connect more than 8 times in 15 min
    And within 6 min the log shows "I/user.link	up, readings to send	13"

  Scenario: A broker that does not answer the CONNECT is left
    When power is applied
    And the broker sends no CONNACK for 15 s
    Then within 50 s the log shows "W/user.link	no CONNACK"
    And within 10 s the broker receives a message on "site/pump-7/reading" that contains '"n":1,'

  Scenario: A reading that is not confirmed comes again
    When power is applied
    And the broker sends no PUBACK for 20 s
    Then within 60 s the log shows "W/user.link	not confirmed"
    And within 20 s the broker receives a message on "site/pump-7/reading" that contains '"n":1,'
    And texts on topic site/pump-7/reading with the same "n" have the same content

  @needs-virtual-time
  Scenario: A dead path is noticed by the next reading
    When power is applied
    Then within 30 s the broker receives a message on "site/pump-7/reading" that contains '"n":1,'
    When the link becomes a black hole for 30 min
    Then within 6 min the log shows "W/user.link	not confirmed"
    When 30 min passes
    Then within 6 min the log shows "I/user.link	up, readings to send"
    And for every '{"n": n}' on topic site/pump-7/reading holds "last == nil or n == last.n or n == last.n + 1"

  @long
  Scenario: A meter that is silent is an alarm, once
    Given the module is running
    When the broker publishes '{"id":1,"period":10}' to "site/pump-7/command" with QoS 1 and retains it
    And a peer "modbus-slave.lua" is connected to UART 1 with:
      | parameter | value |
      | silent    | 1000  |
    Then within 30 s the broker receives a message on "site/pump-7/reading" that contains '"meter":"timeout"'
    And within 60 s a text message to "+8613800000000" says "pump-7: meter does not answer"
    And the module sends no text message for 60 s
    And within 1 s the log shows "I/user.reading"
    When a peer "modbus-slave.lua" is connected to UART 1 with:
      | parameter  | value |
      | register 0 | 0     |
      | register 1 | 5     |
      | register 2 | 6     |
      | register 3 | 7     |
    Then within 15 s the broker receives '{"alarm":"silent","on":false}' on "site/pump-7/event"

  Scenario: A disturbed line: wrong checksums are asked again, and never reported as values
    Given a peer "modbus-slave.lua" on UART 1 with:
      | parameter  | value |
      | register 0 | 1     |
      | register 1 | 34464 |
      | register 2 | 1500  |
      | register 3 | 2301  |
      | corrupt    | 2     |
    When power is applied
    Then within 30 s the log shows "W/user.modbus	crc	try	1"
    And within 2 s the log shows "W/user.modbus	crc	try	2"
    And within 10 s the broker receives a message on "site/pump-7/reading" that contains '"wh":100000,'

  Scenario: A wrong address in the meter is reported by its exception
    Given a peer "modbus-slave.lua" on UART 1 with:
      | parameter  | value |
      | register 0 | 1     |
    When power is applied
    Then within 30 s the broker receives a message on "site/pump-7/reading" that contains '"meter":"exception 2"'

  Scenario: Without the SHT30 the meter is still read
    When power is applied
    Then within 30 s the broker receives a message on "site/pump-7/reading" that contains '"mv":230100,"climate":"absent"'

  Scenario: A climate with a wrong checksum is not believed
    Given a peer "sht30.lua" on I2C 0 at 0x44 with:
      | parameter | value |
      | corrupt   | 1     |
    When power is applied
    Then within 30 s the broker receives a message on "site/pump-7/reading" that contains '"climate":"crc"'

  @long
  Scenario: A hot cabinet is an alarm by text message, and its end an event
    Given a peer "sht30.lua" on I2C 0 at 0x44 with:
      | parameter             | value |
      | temperature           | 64.4  |
      | temperature after 200 | 40    |
    When power is applied
    Then within 30 s the broker receives '{"alarm":"hot","on":true}' on "site/pump-7/event"
    And within 10 s a text message to "+8613800000000" says "pump-7: cabinet has 64 C"
    And within 6 min the broker receives '{"alarm":"hot","on":false}' on "site/pump-7/event"

  @long
  Scenario: An alarm without a network leaves when there is one
    Given a peer "sht30.lua" on I2C 0 at 0x44 with:
      | parameter   | value |
      | temperature | 64.4  |
    And there is no coverage for 5 min
    When power is applied
    Then within 60 s the log shows "W/user.alarm	hot	on"
    And the module sends no text message for 4 min
    And within 3 min a text message to "+8613800000000" says "pump-7: cabinet has 64 C"

  Scenario: The broker switches the relay, and the order is answered
    When power is applied
    Then within 30 s the broker receives "online" on "site/pump-7/state"
    When the broker publishes '{"id":7,"relay":1}' to "site/pump-7/command" with QoS 1
    Then within 2 s pin 27 is high
    And within 3 s the broker receives '{"id":7,"ok":true}' on "site/pump-7/answer"
    When the broker publishes '{"id":8,"relay":2}' to "site/pump-7/command" with QoS 1
    Then within 3 s the broker receives '{"id":8,"ok":false}' on "site/pump-7/answer"
    And within 1 s pin 27 is high

  Scenario: The relay has its last order after a power cut
    When power is applied
    Then within 30 s the broker receives "online" on "site/pump-7/state"
    When the broker publishes '{"id":7,"relay":1}' to "site/pump-7/command" with QoS 1
    Then within 3 s the broker receives '{"id":7,"ok":true}' on "site/pump-7/answer"
    When power is cut for 5 s
    Then within 7 s pin 27 goes high

  Scenario: An order that is no order is answered and harms nothing
    When power is applied
    Then within 30 s the broker receives "online" on "site/pump-7/state"
    When the broker publishes 'relay on please' to "site/pump-7/command"
    Then within 3 s the broker receives '{"ok":false}' on "site/pump-7/answer"
    And the module does not reset for 10 s

  Scenario: The owner asks and orders by text message, and nobody else
    Given the module has an address
    When a text message from "+8613800000000" says "Relay on"
    Then within 2 s pin 27 is high
    And within 10 s a text message to "+8613800000000" says "pump-7: relay on, every 300 s, 0 unsent, alarms: none"
    When a text message from "+8613900000000" says "relay off"
    Then within 2 s the log shows "W/user.command	stranger"
    And the module sends no text message for 5 s
    And within 1 s pin 27 is high

  Scenario: An order wakes the sleeping module
    Given USB is unplugged
    When power is applied
    Then within 30 s the broker receives a message on "site/pump-7/reading" that contains '"n":1,'
    And within 10 s the module sleeps lightly
    When the broker publishes '{"id":9,"relay":1}' to "site/pump-7/command" with QoS 1
    Then within 3 s pin 27 goes high
    And within 2 s the broker receives '{"id":9,"ok":true}' on "site/pump-7/answer"

  @needs-virtual-time
  Scenario: A time server that is years ahead is not believed
    Given the usual NTP servers are "3 years ahead"
    When power is applied
    Then within 30 s the log shows "W/user.clock	refused"
    And within 6 min the broker receives a message on "site/pump-7/reading" that contains '"n":2,"t":17287779'

  Scenario: Readings before the time is known say so
    Given there is no coverage for 30 s
    When power is applied
    Then within 2 min the broker receives a message on "site/pump-7/reading" that contains '{"n":1,"t":0,'

  @needs-virtual-time
  Scenario: The watchdog stays fed for a day, and the heap stays small
    When power is applied
    And 1 d passes
    Then the module never restarts by itself
    And for every "I/user.reading	{n}	unsent	{unsent}	heap	{heap}" on the log holds "heap < 130"
