Feature: Sound
  Nobody hears it: no codec is connected, which the module cannot notice. It plays for as long as a file lasts, and
  drives the pins of the amplifier and of the converter's supply.

  Scenario: A file is played, and one that is no sound is an error
    Given the script:
      """
      _G.sys = require("sys")
      io.writeFile("/beep.amr", "#!AMR\n" .. ("\4" .. ("\0"):rep(12)):rep(50))
      i2s.setup(0, 0, 0, 0, 0, i2s.MODE_I2S)
      audio.config(0, 25, 1, 3, 100)
      audio.on(0, function(id, event)
        log.info("audio", id, event == audio.DONE, audio.getError(0))
        if audio.getError(0) then audio.play(0, {"/none.amr"}) end
      end)
      sys.timerStart(function() log.info("play", audio.play(0, "/beep.amr"), audio.isEnd(0)) end, 1000)
      sys.run()
      """
    And the module is running
    Then within 1 s pin 12 goes high
    And within 500 ms pin 25 goes high
    And within 2 s pin 25 goes low
    And within 100 ms pin 12 is low
    And within 100 ms the log shows "I/user.audio	0	true	true	false	0"
    And within 1 s the log shows "I/user.audio	0	true	false	false	1"

  Scenario: An I2C codec that is not there is asked in vain, and a recording is silence
    Given the script:
      """
      _G.sys = require("sys")
      local buffer = zbuff.create(3200)
      sys.timerStart(function()
        i2c.setup(0, i2c.FAST)
        log.info("codec", i2c.send(0, 0x18, 0xFD), audio.setBus(0, audio.BUS_I2S, {chip = "es8311", i2cid = 0}))
        i2s.setup(0, 0, 8000, 16, 1, i2s.MODE_I2S)
        i2s.on(0, function(id)
          log.info("heard", id, buffer:used(), (buffer:query():gsub("\0", "")))
          i2s.stop(id)
        end)
        i2s.recv(0, buffer, 3200)
      end, 1000)
      sys.run()
      """
    And the module is running
    Then within 1 s the log shows "I/user.codec	false	false"
    And after 200 ms ± 20 ms the log shows "I/user.heard	0	3200"
    And the log does not show "heard" for 1 s

  Scenario: Half a second of sound becomes a file of AMR
    Given the script:
      """
      _G.sys = require("sys")
      sys.taskInit(function()
        local encoder = codec.create(codec.AMR, false)
        local sound, frames = zbuff.create(8000), zbuff.create(1024)
        sound:seek(8000)
        log.info("encoded", codec.encode(encoder, sound, frames, 7), frames:used())
        codec.release(encoder)
        io.writeFile("/note.amr", "#!AMR\n" .. frames:query())
        log.info("note", io.fileSize("/note.amr"))
      end)
      sys.run()
      """
    When power is applied
    Then within 3 s the log shows "I/user.encoded	true	800"
    And within 1 s the log shows "I/user.note	806"
