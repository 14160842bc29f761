Feature: Libraries that need no hardware
  Wide numbers, packed data, signatures and pictures come out as V1112's own code makes them.

  Scenario: Numbers of 64 bits outlast the 32 bits of Lua
    Given the script:
      """
      sys = require("sys")
      local imei = bit64.strtoll("864040064024194")
      log.info("next", bit64.show(bit64.plus(imei, 1)))
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.next	864040064024195"

  Scenario: What is packed comes back
    Given the script:
      """
      sys = require("sys")
      local text = ("temperature=21.5;"):rep(40)
      local packed = miniz.compress(text, miniz.WRITE_ZLIB_HEADER | 128)
      log.info("packed", #text, #packed, miniz.uncompress(packed) == text)
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.packed	680	45	true"

  Scenario: A picture is drawn into a buffer
    Given the script:
      """
      sys = require("sys")
      local b = zbuff.create({8, 2, 1}, 0)
      b:drawLine(0, 0, 7, 1, 1)
      log.info("drawn", (b:toStr(0, 2):toHex()))
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "I/user.drawn	F00E"

  Scenario: An area of flash is locked for ever
    Given the script:
      """
      sys = require("sys")
      otp.write(1, "key", 0)
      otp.lock(1)
      otp.write(1, "\0\0\0", 0)
      log.info("otp", otp.read(1, 0, 3))
      sys.run()
      """
    When power is applied
    Then within 1 s the log shows "W/otp otp lock zone 1 00001000"
    And within 1 s the log shows "I/user.otp	key"
