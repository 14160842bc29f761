Feature: A display in colours
  The library lcd sends its drawing over SPI. A peer in Lua plays a display of the ST7735 and ST7789 kind, and the
  report shows its picture.

  Scenario: Lines and text are shown, and the display is switched off
    Given a peer "lcd-panel.lua" on SPI 0 with CS 8 with:
      | parameter | value |
      | dc        | 10    |
      | width     | 32    |
      | height    | 24    |
    And the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        local device = spi.deviceSetup(0, 8, 0, 0, 8, 20000000, spi.MSB, 1, 0)
        local options = {port = "device", pin_dc = 10, pin_pwr = 22, pin_rst = 1, w = 32, h = 24}
        log.info("init", lcd.init("st7735", options, device), lcd.getSize())
        lcd.drawLine(0, 2, 5, 2, 0xF800)
        lcd.drawLine(2, 0, 2, 4, 0x001F)
        lcd.setFont(lcd.font_opposansm12)
        lcd.drawStr(0, 22, "L", 0xFFFF)
        sys.wait(1000)
        lcd.off()
      end)
      sys.run()
      """
    When power is applied
    Then within 2 s the log shows "D/lcd ic support: st7735"
    And within 1 s the log shows "init	true	32	24"
    And within 1 s the display shows from column 0 and row 0:
      """
      ..#....
      ..#....
      ######.
      ..#....
      ..#....
      .......
      """
    And within 1 s the display shows:
      """
      ##....
      ##....
      ######
      """
    And within 1 ms pin 22 is high
    And within 2 s the display is dark
    And within 1 ms pin 22 is low

  Scenario: A picture in memory goes out when the script says so
    Given a peer "lcd-panel.lua" on SPI 0 with CS 8 with:
      | parameter | value |
      | dc        | 10    |
      | width     | 32    |
      | height    | 24    |
      | ips       | 1     |
    And the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        spi.setup(0, 8, 0, 0, 8, 20000000, spi.MSB, 1, 0)
        lcd.init("st7789", {port = 0, pin_dc = 10, pin_rst = 1, w = 32, h = 24})
        lcd.setColor(0, 0xFFFF)
        lcd.setupBuff()
        lcd.autoFlush(false)
        lcd.drawRectangle(1, 1, 6, 4)
        log.info("drawn")
        sys.wait(500)
        lcd.flush()
      end)
      sys.run()
      """
    When power is applied
    Then within 2 s the log shows "drawn"
    And within 1 s the display shows from column 0 and row 0:
      """
      ........
      .######.
      .#....#.
      .#....#.
      .######.
      ........
      """

  Scenario: A display of which nobody knows
    Given the script:
      """
      _G.sys = require("sys")
      log.info("init", lcd.init("st9999", {port = 0}))
      log.info("size", lcd.getSize())
      sys.run()
      """
    When power is applied
    Then within 2 s the log shows "E/lcd ic not support: st9999"
    And within 1 s the log shows "init	false"
    And within 1 s the log shows "size	0	0"

  Scenario: A picture in JPEG is shown
    Given a peer "lcd-panel.lua" on SPI 0 with CS 8 with:
      | parameter | value |
      | dc        | 10    |
      | width     | 32    |
      | height    | 24    |
    And the script:
      """
      _G.sys = require("sys")
      local picture =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQ"
        .. "DQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAf/E"
        .. "ABgQAAIDAAAAAAAAAAAAAAAAAAAJR4XE/9oACAEBAAA/AB50J3eA/9k="
      sys.taskInit(function()
        io.writeFile("/half.jpg", picture:fromBase64())
        spi.setup(0, 8, 0, 0, 8, 20000000, spi.MSB, 1, 0)
        lcd.init("st7735", {port = 0, pin_dc = 10, pin_rst = 1, w = 32, h = 24})
        log.info("shown", lcd.showImage(1, 1, "/half.jpg"), lcd.showImage(0, 0, "/none.jpg"))
      end)
      sys.run()
      """
    When power is applied
    Then within 2 s the log shows "W/lcd no such file /none.jpg"
    And within 1 s the log shows "shown	true	false"
    And within 1 s the display shows from column 0 and row 0:
      """
      ......
      .####.
      .####.
      """
