Feature: A display that keeps its picture
  A peer in Lua plays an SSD1306. The report shows what it showed last.

  Scenario: A number is shown
    Given the script "oled-counter"
    And a peer "ssd1306.lua" on I2C 0 at 0x3C
    When power is applied
    Then within 2 s the log shows "shows	42"
    And within 1 s the display shows from column 8 and row 16:
      """
      ...#...###..
      ..##..#...#.
      .#.#......#.
      #..#.....#..
      #####...#...
      ...#...#....
      ...#..#####.
      ............
      """

  Scenario: It is inverted, and switched off and on
    Given the script "oled-counter"
    And a peer "ssd1306.lua" on I2C 0 at 0x3C
    And the module is running
    Then within 2 s the log shows "shows	42"
    When "invert" arrives at UART 32
    Then within 1 s the display shows:
      """
      ###.#
      ##..#
      #.#.#
      .##.#
      .....
      ###.#
      """
    When "off" arrives at UART 32
    Then within 1 s the display is dark
    When "on" arrives at UART 32
    Then within 1 s the display shows from column 0 and row 0:
      """
      ########
      ########
      """

  Scenario: It is connected too late
    Given the script "oled-counter"
    And the module is running
    Then within 2 s the log shows "no display"
    When a peer "ssd1306.lua" is connected to I2C 0 at 0x3C
    Then within 3 s the log shows "shows	42"

  Scenario: On SPI a pin tells data from commands
    Given the script:
      """
      _G.sys = require("sys")
      local oled = spi.deviceSetup(0, 8, 0, 0, 8, 8000000, spi.MSB, 1, 1)
      local dc = gpio.setup(9, 0)
      sys.timerStart(function()
        oled:send(string.char(0x8D, 0x14, 0xA1, 0xC8, 0x20, 0x00, 0xAF))
        dc(1)
        oled:send("\x01\x02\x04\x08")
        dc(0)
      end, 100)
      sys.run()
      """
    And a peer "ssd1306.lua" on SPI 0 with CS 8 with:
      | parameter | value |
      | dc        | 9     |
    When power is applied
    Then within 2 s the display shows from column 0 and row 0:
      """
      #....
      .#...
      ..#..
      ...#.
      .....
      """

  Scenario Outline: The firmware's own library draws on it
    Given the script:
      """
      _G.sys = require("sys")
      u8g2.begin({ic = "<ic>", mode = "<mode>", i2c_id = 0, i2c_scl = 5, i2c_sda = 4,
        spi_id = 0, spi_res = 1, spi_dc = 9, spi_cs = 8})
      u8g2.ClearBuffer()
      u8g2.DrawFrame(2, 1, 5, 4)
      u8g2.DrawUTF8("1", 20, 8)
      u8g2.SendBuffer()
      log.info("sent", u8g2.GetDisplayWidth())
      sys.run()
      """
    And a peer "ssd1306.lua" on <place> with:
      | parameter | value      |
      | dc        | 9          |
      | columns   | <columns>  |
      | first     | <first>    |
      | external  | <external> |
    When power is applied
    Then within 2 s the log shows "sent	128"
    And within 1 s the display shows from column <left> and row 0:
      """
      ..........................
      ..#####...............#...
      ..#...#..............##...
      ..#...#...............#...
      ..#####...............#...
      ......................#...
      ......................#...
      .....................###..
      ..........................
      """

    Examples:
      | ic      | mode        | place           | columns | first | external | left |
      | ssd1306 | i2c_hw      | I2C 0 at 0x3C   | 128     | 0     | 0        | 0    |
      | ssd1306 | spi_hw_4pin | SPI 0 with CS 8 | 128     | 0     | 0        | 0    |
      | sh1106  | i2c_hw      | I2C 0 at 0x3C   | 132     | 2     | 0        | 0    |
      | sh1106  | spi_hw_4pin | SPI 0 with CS 8 | 132     | 2     | 0        | 0    |
      | ssd1309 | i2c_hw      | I2C 0 at 0x3C   | 128     | 0     | 1        | 2    |
      | ssd1309 | spi_hw_4pin | SPI 0 with CS 8 | 128     | 0     | 1        | 2    |
      | ssd1306 | i2c_sw      | I2C 5/4 at 0x3C | 128     | 0     | 0        | 0    |

  Scenario Outline: The firmware's own library draws on liquid crystals
    Given the script:
      """
      _G.sys = require("sys")
      u8g2.begin({ic = "<ic>", mode = "spi_hw_4pin", spi_id = 0, spi_res = 1, spi_dc = 9, spi_cs = 8})
      u8g2.ClearBuffer()
      u8g2.DrawFrame(2, 1, 5, 4)
      u8g2.SendBuffer()
      sys.timerStart(u8g2.SetPowerSave, 5000, 1)
      sys.run()
      """
    And a peer "lcd12864.lua" on SPI 0 with CS 8 with:
      | parameter | value   |
      | dc        | 9       |
      | first     | <first> |
      | left      | <left>  |
      | top       | <top>   |
      | line      | <line>  |
    When power is applied
    Then within 2 s the display shows from column 0 and row 0:
      """
      ........
      ..#####.
      ..#...#.
      ..#...#.
      ..#####.
      ........
      """
    And within 6 s the display is dark

    Examples:
      | ic                    | first | left | top | line |
      | st7567                | 4     | A1   | C0  | 0    |
      | uc1701                | 0     | A0   | C8  | 0    |
      | st7565_jlx12864g109pc | 1     | A0   | C8  | 32   |
