Feature: I2C and SPI
  The script reads sensors and memories; the rig puts devices on the buses and sees what is said to them.

  Scenario: A sensor is read
    Given the script:
      """
      _G.sys = require("sys")
      i2c.setup(0, i2c.FAST)
      sys.timerLoopStart(function()
        local ok, humidity, temperature = i2c.readSHT30(0, 0x44)
        log.info("sht30", ok, humidity, temperature)
      end, 1000)
      sys.run()
      """
    And an I2C device at 0x44 with the answers:
      | to    | answer            |
      | 2C 06 | 66 66 93 80 00 A2 |
    And the module is running
    Then within 2 s the I2C device at 0x44 receives "2C 06"
    And within 100 ms the I2C device at 0x44 is read
    And within 1 s the log shows "I/user.sht30	true	500	250"
    When the I2C device at 0x44 stops answering
    Then within 2 s the log shows "i2c_failed 296:i2c0 从机地址44 无应答"
    And within 1 s the log shows "I/user.sht30	false"
    When the I2C device at 0x44 answers again
    Then within 2 s the log shows "I/user.sht30	true	500	250"

  Scenario: Nothing is connected
    Given the script:
      """
      _G.sys = require("sys")
      sys.timerStart(function()
        log.info("setup", i2c.setup(0), i2c.setup(2))
        log.info("send", i2c.send(0, 0x38, 0x71), #i2c.recv(0, 0x38, 1))
        log.info("none", i2c.send(2, 0x38, 0x71), #i2c.recv(2, 0x38, 1))
      end, 100)
      sys.run()
      """
    And the module is running
    Then within 1 s the log shows "I/user.setup	1	0"
    And within 1 s the log shows "i2c_failed 296:i2c0 从机地址38 无应答"
    And within 1 s the log shows "D/i2c i2c receive result -6"
    And within 1 s the log shows "I/user.send	false	0"
    And within 1 s the log shows "D/i2c i2c receive result -1"
    And within 1 s the log shows "I/user.none	false	0"

  Scenario: Registers are written and read back
    Given the script:
      """
      _G.sys = require("sys")
      i2c.setup(1, i2c.SLOW)
      sys.timerStart(function()
        log.info("id", i2c.readReg(1, 0x68, 0x75, 2):toHex())
        i2c.writeReg(1, 0x68, 0x6B, string.char(0x12, 0x34))
        local ok, data = i2c.transfer(1, 0x68, 0x6B, nil, 2)
        log.info("back", ok, data:toHex())
      end, 100)
      sys.run()
      """
    And an I2C device at 0x68 on I2C 1 with the registers:
      | register | value |
      | 75       | 68 99 |
    And the module is running
    Then within 1 s the log shows "I/user.id	6899	4"
    And within 1 s the log shows "I/user.back	true	1234	4"
    And register "6B" of the I2C device at 0x68 on I2C 1 holds "12 34"
    When register "75" of the I2C device at 0x68 on I2C 1 becomes "00 01"
    Then register "75" of the I2C device at 0x68 on I2C 1 holds "00 01"

  Scenario: A memory with addresses of two bytes
    Given the script:
      """
      _G.sys = require("sys")
      local soft = i2c.createSoft(5, 4)
      sys.timerStart(function()
        log.info("write", i2c.send(soft, 0x50, string.char(0x01, 0x02) .. "abc"))
        i2c.send(soft, 0x50, string.char(0x01, 0x03))
        log.info("read", i2c.recv(soft, 0x50, 2))
      end, 100)
      sys.run()
      """
    And an I2C device at 0x50 on I2C 5/4 with the registers:
      | register      | value |
      | address bytes | 2     |
    And the module is running
    Then within 1 s the log shows "I/user.write	true"
    And within 1 s the log shows "I/user.read	bc"
    And register "0102" of the I2C device at 0x50 on I2C 5/4 holds "61 62 63"
    And the I2C device at 0x50 on I2C 5/4 receives nothing for 1 s

  Scenario Outline: A device that <does>
    Given the script:
      """
      _G.sys = require("sys")
      i2c.setup(0)
      sys.timerLoopStart(function()
        local before = mcu.ticks()
        local ok = i2c.send(0, 0x20, "\1\2\3\4")
        log.info("send", ok, mcu.ticks() - before)
      end, 1000)
      sys.run()
      """
    And an I2C device at 0x20 with the registers:
      | register | value |
      | 00       | 00    |
    And the module is running
    Then within 2 s the log shows "I/user.send	true"
    When the I2C device at 0x20 <does>
    Then within 2 s the log shows "<line>"
    And within 1 s the log shows "I/user.send	<result>"

    Examples:
      | does                      | line                                    | result   |
      | takes 2 bytes and no more | i2c_failed 296:i2c0 从机地址20 无应答   | false	0  |
      | holds the clock for 30 ms | i2c_failed 299:i2c0 从机地址20 传输超时 | false	25 |
      | is disconnected           | i2c_failed 296:i2c0 从机地址20 无应答   | false	0  |
      | holds the clock for 10 ms | I/user.send                             | true	10  |

  Scenario: A bus whose clock is held low
    Given the script:
      """
      _G.sys = require("sys")
      i2c.setup(0)
      sys.timerStart(function() log.info("send", i2c.send(0, 0x20, 1)) end, 1000)
      sys.run()
      """
    And an I2C device at 0x20 with the registers:
      | register | value |
      | 00       | 00    |
    And pin 14 is held low
    And the module is running
    Then within 2 s the log shows "i2c_failed 299:i2c0 从机地址20 传输超时"
    And within 1 s the log shows "I/user.send	false"

  Scenario: A flash memory tells its ID
    Given the script:
      """
      _G.sys = require("sys")
      local flash = spi.deviceSetup(0, 8, 0, 0, 8, 2000000, spi.MSB, 1, 0)
      sys.timerStart(function()
        log.info("id", flash:transfer("\x9F", 1, 3):toHex())
      end, 100)
      sys.run()
      """
    And an SPI device on CS 8 that answers "EF 40 18" to "9F"
    And the module is running
    Then within 1 s pin 8 goes low
    And within 1 s pin 8 goes high
    And within 1 s the log shows "I/user.id	EF4018	6"

  Scenario: A chip select of the controller is low during each call only
    Given the script:
      """
      _G.sys = require("sys")
      spi.setup(0, 8, 0, 0, 8, 2000000)
      sys.timerStart(function()
        spi.send(0, "\x9F")
        log.info("apart", spi.recv(0, 3):toHex())
        gpio.setup(8, 0)
        spi.send(0, "\x9F")
        log.info("together", spi.recv(0, 3):toHex())
        gpio.set(8, 1)
      end, 100)
      sys.run()
      """
    And an SPI device on SPI 0 with CS 8 that answers "EF 40 18" to "9F"
    And the module is running
    Then within 1 s the SPI device on CS 8 receives "9F"
    And within 1 s the log shows "I/user.apart	FFFFFF	6"
    And within 1 s the log shows "I/user.together	EF4018	6"

  Scenario: Registers behind SPI
    Given the script:
      """
      _G.sys = require("sys")
      local chip = spi.deviceSetup(1, 20, 0, 0, 8, 1000000, spi.MSB, 1, 0)
      sys.timerStart(function()
        log.info("whoami", chip:transfer(string.char(0x80 | 0x0F), 1, 1):toHex())
        chip:send({0x20, 0x57, 0x01})
      end, 100)
      sys.run()
      """
    And an SPI device on SPI 1 with CS 20 with the registers:
      | register | value |
      | 0F       | 33    |
    And the module is running
    Then within 1 s the log shows "I/user.whoami	33	2"
    And within 1 s the SPI device on SPI 1 with CS 20 receives "20 57 01"
    And register "20" of the SPI device on SPI 1 with CS 20 holds "57 01"

  Scenario: Transfers that do not wait
    Given the script:
      """
      _G.sys = require("sys")
      require("sysplus")
      i2c.setup(0, i2c.FAST)
      sys.taskInit(function()
        local out, back = zbuff.create(4), zbuff.create(4)
        out:write(0x10)
        log.info("started", i2c.xfer(0, 0x44, out, back, 2, "DONE"))
        log.info("done", sys.waitUntil("DONE", 1000))
        log.info("got", back:query():toHex())
        log.info("started", i2c.xfer(0, 0x45, out, back, 2, "DONE"))
        log.info("done", sys.waitUntil("DONE", 1000))
      end)
      sys.run()
      """
    And an I2C device at 0x44 with the registers:
      | register | value |
      | 10       | AB CD |
    And the module is running
    Then within 1 s the log shows "I/user.started	true"
    And within 1 s the log shows "I/user.done	true	0	true	0"
    And within 1 s the log shows "I/user.got	ABCD	4"
    And within 1 s the log shows "I/user.done	true	0	false	65530"
