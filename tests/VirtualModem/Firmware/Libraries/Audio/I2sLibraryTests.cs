namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Audio;

/// <summary><c>i2s</c> and <c>codec</c> as their C code has them, with nothing connected.</summary>
public sealed class I2sLibraryTests
{
    private static FakeBench Run(string script, double seconds = 2) => new FakeBench(
        script + "\nwhile true do rtos.receive(-1) end").PowerOn().RunTo(seconds);

    private static IEnumerable<string> Printed(FakeBench bench) => bench.Lines
        .Where(line => line.StartsWith("is ", StringComparison.Ordinal)).Select(line => line.Replace('\t', ' '));

    [Theory]
    [InlineData("i2s.setup(0)", "true,0")]
    [InlineData("i2s.setup(1, 0, 16000, 16, i2s.MONO_R, i2s.MODE_LSB, 16)", "true,0")]
    [InlineData("i2s.setup(2)", "false,-1")]
    [InlineData("i2s.send(0, 'abc')", "false,-1")]
    [InlineData("i2s.send(0, 'abc', 3)", "false,-1")]
    [InlineData("i2s.send(0, 'abc', -1)", "true,-1")]
    [InlineData("i2s.send(0, 'abc', '1.5')", "false,-1")]
    [InlineData("pcall(i2s.send, 0, 'abc', 1.5)",
        "false,bad argument #3 to '?' (number has no integer representation)")]
    [InlineData("pcall(i2s.send, 0)", "false,bad argument #2 to '?' (string expected, got no value)")]
    [InlineData("i2s.recv(0, zbuff.create(3200), 3200)", "false")]
    [InlineData("i2s.recv(2)", "false")]
    [InlineData("i2s.on(2)", "no such i2s id")]
    [InlineData("i2s.txStat(0)", "0,0")]
    [InlineData("i2s.stop(0)", "")]
    [InlineData("i2s.close(0)", "")]
    [InlineData("i2s.pause(), i2s.pause('x')", "nil")]
    [InlineData("codec.create(codec.AMR_WB, false)", "")]
    [InlineData("type(codec.create(codec.AMR, false)), type(codec.create())", "userdata,userdata")]
    [InlineData("codec.info(codec.create(), '/none')", "false,0,0,0,16,true")]
    [InlineData("codec.data(codec.create(codec.WAV), zbuff.create(4096))", "false")]
    [InlineData("codec.encode(codec.create(), zbuff.create(4096), zbuff.create(4096))", "false")]
    [InlineData("pcall(codec.info, 1)", "false,bad argument #1 to '?' (MCODER* expected, got number)")]
    public void A_call_returns(string expression, string expected)
    {
        var bench = Run(
            $"local r = table.pack({expression}) for i = 1, r.n do r[i] = tostring(r[i]) end " +
            "print('is ' .. table.concat(r, ','))", 1);
        bench.Line("is ").Text[3..].ShouldBe(expected, bench.Dump());
    }

    [Fact]
    public void What_nobody_sends_is_received_as_zeros()
    {
        var bench = Run(
            """
            local buffer = zbuff.create(3200)
            i2s.setup(0, 0, 8000, 16, 1, i2s.MODE_I2S)
            local began, count = mcu.ticks(), 0
            i2s.on(0, function(id, data)
                count = count + 1
                print("is ", mcu.ticks() - began, id, type(data), buffer:used(), buffer:query(0, 2):toHex())
                if count == 2 then i2s.stop(0) end
            end)
            print("is ", i2s.recv(0, buffer, 3200))
            """);
        Printed(bench).ShouldBe([
            "is  true", "is  200 0 userdata 3200 0000 4", "is  400 0 userdata 3200 0000 4",
        ]);
    }

    [Fact]
    public void The_rest_of_a_buffer_stays_and_a_piece_without_bytes_gives_nil()
    {
        var bench = Run(
            """
            local buffer = zbuff.create(4)
            buffer:write("abcd")
            i2s.setup(0, 0, 8000, 16, 1)
            i2s.setup(1, 0, 16000, 16, 2)
            local began = mcu.ticks()
            i2s.on(0, function(id)
                print("is ", mcu.ticks() - began, buffer:used(), buffer[1], buffer[2], buffer[3])
                i2s.recv(0, nil, 0)
                buffer:free()
                i2s.on(1, function(...) print("is ", ...) i2s.stop(1) end)
                i2s.recv(1, buffer, 2)
            end)
            i2s.recv(0, buffer, 2)
            """);
        Printed(bench).ShouldBe(["is  0 2 0 99 100", "is  1 nil"]);
    }

    [Fact]
    public void A_piece_of_two_channels_comes_twice_as_fast()
    {
        var bench = Run(
            """
            i2s.setup(0, 0, 8000, 16, 1)
            i2s.setup(1, 0, 16000, 16, 2)
            local began, buffer = mcu.ticks(), zbuff.create(3200)
            i2s.on(0, function() print("is ", mcu.ticks() - began) i2s.stop(0) end)
            i2s.recv(0, buffer, 3200)
            """);
        Printed(bench).ShouldBe(["is  100"]);
    }

    [Fact]
    public void What_an_earlier_look_at_a_file_holds_is_lost()
    {
        var bench = Run(
            """
            io.writeFile("/a.mp3", "no sound at all")
            local _, before = rtos.meminfo("sys")
            local coder = codec.create(codec.MP3)
            for i = 1, 3 do codec.info(coder, "/a.mp3") end
            codec.release(coder)
            local _, after = rtos.meminfo("sys")
            print("is ", (after - before) // 4608)
            """);
        Printed(bench).ShouldBe(["is  2"]);
    }

    [Fact]
    public void A_decoder_that_is_released_reads_no_more()
    {
        var bench = Run(
            """
            local coder = codec.create(codec.MP3)
            codec.release(coder)
            io.writeFile("/a.mp3", "no sound at all")
            print("is ", select(2, pcall(codec.info, coder, "/a.mp3")))
            """);
        Printed(bench).ShouldBe(["is  codec.info of a decoder that is released (V1112 crashes here)"]);
    }

    [Theory]
    [InlineData("", 640, 64, "true 26 64 0400000000000000000000000004")]
    [InlineData("", 638, 64, "true 13 64 04")]
    [InlineData(", 7", 640, 64, "true 64 64 3C")]
    [InlineData(", 3", 320, 64, "true 18 64 1C")]
    [InlineData(", 8", 320, 64, "true 13 64 04")]
    [InlineData("", 640, 10, "true 26 33 04")]
    public void An_encoder_gives_a_frame_for_each_160_samples(string mode, int bytes, int room, string expected)
    {
        var bench = Run(
            $$"""
            local coder, sound, out = codec.create(codec.AMR, false), zbuff.create(640), zbuff.create({{room}})
            sound:seek({{bytes}})
            local ok = codec.encode(coder, sound, out{{mode}})
            print("is ", table.concat({tostring(ok), out:used(), out:len(), (out:query():toHex())}, " "))
            """);
        Printed(bench).ShouldHaveSingleItem().ShouldStartWith("is  " + expected);
        bench.Notices.ShouldHaveSingleItem().ShouldContain("no sound in them");
    }

    [Fact]
    public void An_encoder_that_is_released_or_of_another_kind_encodes_nothing()
    {
        var bench = Run(
            """
            local coder, sound, out = codec.create(codec.AMR, false), zbuff.create(640), zbuff.create(64)
            print("is ", codec.encode(codec.create(codec.AMR), sound, out), codec.encode(coder, nil, out))
            codec.release(coder)
            print("is ", select(2, pcall(codec.encode, coder, sound, out)))
            """);
        Printed(bench).ShouldBe([
            "is  false false", "is  codec.encode with an encoder that is released (V1112 crashes here)",
        ]);
    }

    [Fact]
    public void A_wav_without_samples_tells_what_its_head_has()
    {
        var bench = Run(
            """
            io.writeFile("/a.wav", "RIFF\0\0\0\0WAVEfmt \16\0\0\0\1\0\1\0" ..
                pack.pack("<IIHH", 8000, 16000, 2, 8) .. "LIST")
            print("is ", codec.info(codec.create(codec.WAV), "/a.wav"))
            """);
        Printed(bench).ShouldBe(["is  false 1 1 8000 8 true"]);
    }

    [Fact]
    public void A_wav_is_read_piece_by_piece()
    {
        var bench = Run(
            """
            io.writeFile("/a.wav", "RIFF\0\0\0\0WAVEfmt \16\0\0\0\1\0\1\0" .. pack.pack("<IIHH", 8000, 16000, 2, 16) ..
                "data" .. pack.pack("<I", 3000) .. ("ab"):rep(1500))
            local coder, buffer = codec.create(codec.WAV), zbuff.create(4096)
            print("is ", codec.info(coder, "/a.wav"))
            for i = 1, 3 do print("is ", codec.data(coder, buffer), buffer:used()) end
            codec.release(coder)
            """);
        Printed(bench).ShouldBe([
            "is  true 1 1 8000 16 true", "is  true 2000", "is  true 1000", "is  false 0",
        ]);
    }

    [Fact]
    public void A_decoder_gives_its_memory_back()
    {
        var bench = Run(
            """
            local _, before = rtos.meminfo("sys")
            local coder = codec.create(codec.MP3)
            local _, during = rtos.meminfo("sys")
            codec.release(coder)
            local _, after = rtos.meminfo("sys")
            print("is ", during - before, after - before)
            """);
        bench.Line("is ").Text.Replace('\t', ' ').ShouldBe("is  6668 0");
    }
}
