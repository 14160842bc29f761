Feature: A memory card that is not there
  The module does not notice when it mounts one: the medium is looked at when a file is asked for.

  Scenario: The card is missed when a file is asked for
    Given the script:
      """
      _G.sys = require("sys")
      sys.timerStart(function()
        spi.setup(0, nil, 0, 0, 8, 400000)
        log.info("mount", fatfs.mount(fatfs.SPI, "/sd", 0, 8, 24000000))
        log.info("free", fatfs.getfree("/sd"))
        log.info("file", io.open("/sd/a.txt", "w"), io.exists("/sd/a.txt"))
        log.info("unmount", fatfs.unmount("/sd"))
        log.info("gone", fatfs.getfree("/sd"))
      end, 1000)
      sys.run()
      """
    And the module is running
    Then within 2 s the log shows "D/fatfs init sdcard at spi=0 cs=8"
    And within 100 ms the log shows "I/user.mount	true	0"
    And within 5 s the log shows "D/SPI_TF sdcard init fail!"
    And within 5 s the log shows "I/user.free	nil	3"
    And within 5 s the log shows "D/fatfs f_open /a.txt 3"
    And within 5 s the log shows "I/user.file	nil	false"
    And within 5 s the log shows "I/user.unmount	0"
    And within 100 ms the log shows "I/user.gone	nil	12"

  Scenario: A disk in memory is empty until it is formatted
    Given the script:
      """
      _G.sys = require("sys")
      sys.timerStart(function()
        log.info("mount", fatfs.mount(fatfs.RAM, "/ram"))
        log.info("free", fatfs.getfree("/ram"))
        log.info("file", io.open("/ram/a.txt", "w"))
      end, 1000)
      sys.run()
      """
    And the module is running
    Then within 2 s the log shows "D/fatfs init ramdisk at FatFS"
    And within 100 ms the log shows "I/user.mount	true	0"
    And within 1 s the log shows "I/user.free	nil	13"
    And within 1 s the log shows "I/user.file	nil"
