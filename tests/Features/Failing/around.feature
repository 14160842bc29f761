Feature: Steps about pins, sleep, text messages, buses, displays and peers that fail
  Each row is a step and how it fails; "*" stands for any text.

  Background:
    Given the script:
      """
      _G.sys = require("sys")
      uart.setup(1, 115200)
      uart.on(1, "receive", function(id)
        local text = uart.read(id, 100)
        if text ~= text:upper() then uart.write(id, text:upper()) end
      end)
      i2c.setup(0)
      gpio.setup(27, 1)
      gpio.setup(7, nil, gpio.PULLUP)
      gpio.setup(8, nil, gpio.PULLDOWN)
      gpio.setup(1, 1)
      sms.setNewSmsCb(function(phone, text) sms.send(phone, text) end)
      sys.taskInit(function()
        while true do
          sys.wait(1000)
          gpio.set(27, 0)
          pwm.open(1, 1000, 25)
          pwm.open(2, 1000, 25, 4)
          i2c.send(0, 0x20, "\1\2")
          i2c.recv(0, 0x20, 1)
          sys.wait(1000)
          gpio.set(27, 1)
          pwm.open(1, 1000, 30)
        end
      end)
      sys.run()
      """
    And a peer "echo.lua" on UART 1
    And an I2C device at 0x20 with the registers:
      | register | value |
      | 00       | 05    |
    And the module has an address

  Scenario Outline: While the module is awake: <step>
    Then within 3 s pin 27 goes low
    And within 3 s pin 27 goes high
    And <step>

    Examples:
      | step                                                       | failure |
      | within 500 ms pin 27 is low                                | expected pin 27 to go low within 500 ms; it had not come by |
      | within 500 ms pin 27 goes low                              | expected pin 27 to go low within 500 ms; it had not come by |
      | after 500 ms ± 10 ms pin 27 goes low                       | expected pin 27 to go low 500 ms ± 10 ms after * s; it came too late, after |
      | pin 27 stays low for 1 s                                   | expected pin 27 to stay low; it is high already |
      | pin 27 stays high for 2 s                                  | expected no such thing for 2 s: pin 27 to go low; it happened at |
      | pin 27 blinks with 1 s on and 2 s off ± 1 %                | expected pin 27 to go high 2 s ± 1 % after * s; it came too early, after |
      | within 1 s pin 1 is an input                               | expected pin 1 to become an input within 1 s; it had not come by |
      | within 1 s pin 8 is an input with pull-up                  | expected pin 8 to become an input with pull-up within 1 s; it had not come by |
      | within 1 s pin 7 is an input with pull-down                | expected pin 7 to become an input with pull-down within 1 s; it had not come by |
      | within 3 s pin 24 shows 1000 Hz with 50 % duty             | expected pin 24 to show 1000 Hz with 50 % duty within 3 s; it had not come by |
      | within 3 s pin 25 shows 9 pulses of 1000 Hz with 25 % duty | expected pin 25 to show 9 pulses of 1000 Hz with 25 % duty within 3 s; it had not come by |
      | within 3 s the I2C device at 0x20 receives "01 03"         | expected the device at i2c 0 0x20 to receive 01 03 within 3 s; it had not come by |
      | the I2C device at 0x20 receives nothing for 3 s            | expected no such thing for 3 s: the device at i2c 0 0x20 to receive anything; it happened at |
      | within 500 ms the I2C device at 0x20 is read               | expected the device at i2c 0 0x20 to be read within 500 ms; it had not come by |
      | register "00" of the I2C device at 0x20 holds "06"         | expected register 0x00 of the device at i2c 0 0x20 to hold 06; it holds 05 |
      | within 5 s the display is dark                             | expected a display to be dark within 5 s; it had not come by |
      | within 5 s the module sleeps                               | expected the module to fall asleep within 5 s; it had not come by |
      | within 5 s the module sleeps lightly                       | expected the module to fall asleep lightly within 5 s; it had not come by |
      | within 5 s the module sleeps deeply                        | expected the module to fall asleep deeply within 5 s; it had not come by |
      | within 5 s the module wakes up                             | expected the module to wake up within 5 s; it had not come by |
      | after 5 s ± 1 s the module wakes up                        | expected the module to wake up 5 s ± 1 s after * s; it had not come by |
      | within 5 s the module boots, woken by "timer 3"            | expected the module to boot, woken by timer 3 within 5 s; it had not come by |
      | within 5 s the module is kept awake by its radio           | expected the module to be kept awake by its radio within 5 s; it had not come by |
      | the module sleeps at least 1 % of 5 s                      | expected at least 1 % of sleep, measured 0 %; its script never waits, or has not asked for sleep by pm.request, pm.force or pm.WORK_MODE |
      | within 5 s a text message to "10086" says "x"              | expected a text message to 10086 that says 'x' within 5 s; it had not come by |
      | within 5 s a text message to "10086" contains "x"          | expected a text message to 10086 with 'x' in it within 5 s; it had not come by |
      | within 1 s the peer logs "x"                               | expected a peer to log 'x' within 1 s; it had not come by |
      | within 1 s the file "/a.txt" holds "x"                     | expected the file '/a.txt' to hold 'x' within 1 s; it had not come by |
      | within 1 s the file "/a.txt" contains "x"                  | expected the file '/a.txt' to have 'x' in it within 1 s; it had not come by |
      | within 1 s the file "/a.txt" has 3 bytes                   | expected the file '/a.txt' to have 3 bytes within 1 s; it had not come by |
      | within 1 s the module is in flight mode                    | expected the module to be in flight mode within 1 s; it had not come by |
      | within 1 s the key "boot" holds "4"                        | expected the key 'boot' to hold 4 within 1 s; it had not come by |

  Scenario Outline: What is there although it is not to be: <step>
    Given the file "/a.txt" holds "x"
    And the key "boot" holds "3"
    Then <step>

    Examples:
      | step                                | failure |
      | within 1 s there is no file "/a.txt" | expected the file '/a.txt' to be gone within 1 s; it had not come by |
      | within 1 s there is no key "boot"    | expected the key 'boot' to be gone within 1 s; it had not come by |

  Scenario Outline: What a careless script leaves: <step>
    Given the script:
      """
      _G.sys = require("sys")
      i2c.setup(0)
      gpio.setup(15, 0)
      kept = {io.open("/a.txt", "w"), io.open("/b.txt", "w")}
      sys.timerStart(function() kept[3] = io.open("/c.txt", "w") end, 3000)
      sys.run()
      """
    And the module is running
    When the module enters flight mode
    Then <step>

    Examples:
      | step                                        | failure |
      | no pin is driven by two owners              | expected no pin with two owners; from * s on pin 15 is driven by I2C 0 and gpio |
      | at most 1 file is open                      | expected at most 1 open files; there are 2. A file stays open until |
      | at most 2 files are open for 5 s            | expected no such thing for 5 s: more than 2 files to be open; it happened at |
      | within 1 s the module is not in flight mode | expected the module not to be in flight mode within 1 s; it had not come by |

  Scenario Outline: What comes too often: <step>
    When <act>
    Then <step>

    Examples:
      | act                                      | step                                     | failure |
      | "x" arrives at UART 1                    | the peer does not log "X" for 1 s        | expected no such thing for 1 s: a peer to log 'X'; it happened at |
      | a text message from "10086" says "hello" | the module sends no text message for 5 s | expected no such thing for 5 s: a text message of the module; it happened at |
      | "x" arrives at UART 1                    | within 1 s UART 1 sends "Y"              | expected UART 1 to send 'Y' within 1 s; it had not come by |
      | "x" arrives at UART 1                    | UART 1 has sent "Y"                      | expected UART 1 to have sent 'Y', counted 0 |
      | "xyx" arrives at UART 1                  | within 1 s UART 1 has sent 3 times "X"   | expected 3 times 'X' from UART 1, counted 2 |

  Scenario Outline: A device that is not spoken to, or does not answer: <step>
    Given the script:
      """
      _G.sys = require("sys")
      i2c.setup(0)
      spi.setup(0, nil, 0, 0, 8, 2000000)
      gpio.setup(9, 1)
      gpio.setup(16, 1)
      sys.timerLoopStart(function()
        gpio.set(9, 0)
        spi.send(0, "\x9F")
        gpio.set(9, 1)
        i2c.send(0, 0x21, "\1\2")
        i2c.recv(0, 0x21, 1)
      end, 1000)
      sys.run()
      """
    And an SPI device on SPI 0 with CS 9 that answers "EF" to "9F"
    And an SPI device on SPI 0 with CS 16 that answers "EF" to "9F"
    And the module is running
    Then within 2 s the SPI device on SPI 0 with CS 9 receives "9F"
    And the SPI device on SPI 0 with CS 16 receives nothing for 1 s
    And the I2C device at 0x21 receives nothing for 1 s
    And <step>

    Examples:
      | step                                                        | failure |
      | within 3 s the SPI device on SPI 0 with CS 16 receives "9F" | expected the device at spi 0 16 to receive 9F within 3 s; it had not come by |
      | the SPI device on SPI 0 with CS 9 receives nothing for 3 s  | expected no such thing for 3 s: the device at spi 0 9 to receive anything; it happened at |
      | within 3 s the I2C device at 0x21 receives "01 02"          | expected the device at i2c 0 0x21 to receive 01 02 within 3 s; it had not come by |
      | within 3 s the I2C device at 0x21 is read                   | expected the device at i2c 0 0x21 to be read within 3 s; it had not come by |

  Scenario Outline: The likely cause: <step>
    Given the script:
      """
      _G.sys = require("sys")
      gpio.setup(27, 0)
      uart.setup(2, 115200)
      i2c.setup(0)
      sys.timerStart(function()
        i2c.send(0, 0x45, "\1")
        uart.write(2, "x")
        pm.request(pm.LIGHT)
      end, 1000)
      sys.run()
      """
    And the module is running
    Then <step>

    Examples:
      | step                                           | failure |
      | within 3 s the module sleeps                   | expected*likely cause: USB is plugged in and keeps it awake: add `Given USB is unplugged` |
      | within 1 s pin 5 is low                        | expected*likely cause: the script has not set up pin 5; it has set up: 27 |
      | within 3 s the I2C device at 0x44 receives "01" | expected*likely cause: the script has not used this address; on I2C 0 it has used 0x45 |
      | within 3 s the I2C device at 0x45 is read      | expected*likely cause: what it did last with this device: i2c.nack 0 0x45 out 01 |
      | within 3 s UART 1 sends "x"                    | expected*likely cause: the script has sent nothing on UART 1; it has on UART 2 |
      | within 3 s the display is dark                 | expected*likely cause: no display has shown anything: is there a peer |

  Scenario: A module that sleeps
    expected no such thing for 20 s: the module to fall asleep; it happened at
    Given the script:
      """
      _G.sys = require("sys")
      pm.force(pm.LIGHT)
      sys.run()
      """
    And the module is running
    Then the module stays awake for 20 s

  Scenario Outline: A picture that is another: <step>
    <failure>
    Given a peer "ssd1306.lua" on I2C 0 at 0x3C
    Then within 2 s <step>
      """
      #.#
      """

    Examples:
      | step                                       | failure |
      | the display shows:                         | expected a display to show |
      | the display shows from column 3 and row 4: | expected a display to show from column 3 and row 4 |
