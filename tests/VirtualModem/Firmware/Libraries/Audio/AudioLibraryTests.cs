using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Audio;

/// <summary><c>audio</c> as its C code has it where nobody hears it.</summary>
public sealed class AudioLibraryTests
{
    /// <summary>Half a second of AMR.</summary>
    private const string Files =
        """
        io.writeFile("/a.amr", "#!AMR\n" .. ("\4" .. ("\0"):rep(12)):rep(25))
        io.writeFile("/b.amr", "no sound")
        audio.on(0, function(...)
            print("told", (mcu.ticks() - began) // 10 * 10, table.concat({...}, " "), audio.getError(0))
        end)
        began = mcu.ticks()
        """;

    private static FakeBench Run(string script, double seconds = 5, ModemParameters? parameters = null) =>
        new FakeBench(
            Files + "\n" + script + "\nwhile true do rtos.receive(-1) end", parameters)
            .PowerOn().RunTo(seconds);

    private static string[] Printed(FakeBench bench) =>
    [
        .. bench.Lines.Where(line =>
            line.StartsWith("told", StringComparison.Ordinal) || line.StartsWith("is ", StringComparison.Ordinal)),
    ];

    [Theory]
    [InlineData("audio.vol(0)", "100")]
    [InlineData("select('#', audio.debug(true)), select('#', audio.debug())", "0,0")]
    [InlineData("audio.vol(0, 250)", "250")]
    [InlineData("audio.micVol(0, 80)", "255")]
    [InlineData("audio.setBus(0, audio.BUS_I2S, {chip = 'es8311', i2cid = 0, i2sid = 0})", "false")]
    [InlineData("audio.pm(0, audio.SHUTDOWN)", "false")]
    [InlineData("audio.getError(0)", "true,false,0")]
    [InlineData("audio.isEnd(0)", "true")]
    [InlineData("audio.playStop(0)", "true")]
    [InlineData("audio.play(0)", "true")]
    [InlineData("audio.play(0, {})", "true")]
    [InlineData("audio.play(0, '/a.amr'), audio.isEnd(0)", "true,false")]
    [InlineData("audio.play(0, '/a.amr'), audio.play(0, '/a.amr')", "true,false")]
    [InlineData("audio.start(0, audio.PCM, 1, 16000, 16)", "true")]
    [InlineData("audio.start(0, audio.PCM, 1, 12345, 16)", "false")]
    [InlineData("audio.start(0, audio.MP3, 1, 16000, 16)", "false")]
    [InlineData("audio.start(0, audio.PCM, 3, 16000, 16)", "false")]
    [InlineData("audio.start(0, audio.PCM, 1, 16000, 8)", "false")]
    [InlineData("audio.start(0, audio.PCM, 1, 16000, 16, false)", "false")]
    [InlineData("audio.write(0, 'abc')", "false")]
    [InlineData("audio.pause(0, true)", "false")]
    [InlineData("audio.stop(0)", "true")]
    [InlineData("audio.tts", "nil")]
    [InlineData("audio.record", "nil")]
    [InlineData("pcall(audio.setBus, 0)", "false,bad argument #2 to '?' (number expected, got no value)")]
    public void A_call_returns(string expression, string expected)
    {
        var bench = Run(
            $"local r = table.pack({expression}) for i = 1, r.n do r[i] = tostring(r[i]) end " +
            "print('is ' .. table.concat(r, ','))", 1);
        Printed(bench)[0].ShouldBe("is " + expected);
    }

    [Fact]
    public void A_file_plays_behind_its_blanks_and_drives_the_pins()
    {
        var bench = Run("audio.config(0, 25, 1, 3, 100, 26, 0, 50) audio.play(0, '/a.amr')");
        // 3 blanks of 100 ms, 25 frames of 20 ms, 50 ms to the supply of the converter.
        Printed(bench).ShouldBe(["told\t850\t0 3\ttrue\tfalse\t0"]);
        var begin = bench.Pins[0].At;
        bench.Pins.Where(pin => pin.Report.Pin is 25 or 26)
            .Select(pin => $"{(pin.At - begin).TotalMilliseconds:0} {pin.Report.Pin} {pin.Report.Drive}")
            .ShouldBe([
                "0 25 Low", "0 26 High", "0 26 Low", "100 25 High", "800 25 Low", "850 26 High",
            ]);
    }

    [Theory]
    [InlineData("audio.play(0, '/b.amr')", "0 0 3 false false 1")]
    [InlineData("audio.play(0, '/none')", "0 0 3 false false 1")]
    [InlineData("audio.play(0, {'/a.amr', '/b.amr', '/a.amr'})", "1100 0 3 false false 2")]
    [InlineData("audio.play(0, {'/a.amr', '/b.amr', '/a.amr'}, false)", "1600 0 3 true false 0")]
    [InlineData("audio.play(0, {'/a.amr', '/b.amr'}, false)", "1100 0 3 false false 2")]
    [InlineData("audio.play(0, {'/a.amr', 7, true})", "1100 0 3 false false 2")]
    [InlineData("audio.play(0, '/a.amr') timer.mdelay(200) audio.playStop(0)",
        "300 0 3 false true 0")]
    [InlineData("audio.play(0, '/a.amr') timer.mdelay(1000) timer.mdelay(50) audio.playStop(0)",
        "1100 0 3 false true 0")]
    [InlineData("audio.play(0, '/a.amr') audio.pause(0, true) timer.mdelay(1000) " +
        "audio.pause(0, false)", "2100 0 3 true false 0")]
    public void The_end_is_told(string script, string told)
    {
        var lines = Printed(Run(script));
        lines.ShouldHaveSingleItem().Replace('\t', ' ').ShouldBe("told " + told);
    }

    [Fact]
    public void A_stream_asks_for_more_behind_each_piece_and_ends_when_none_is_left()
    {
        var bench = Run(
            """
            local long, short = ("\0"):rep(1600), ("\0"):rep(800)
            began = mcu.ticks()
            print("is ", audio.start(0, audio.PCM, 1, 8000, 16), audio.write(0, long))
            print("is ", audio.write(0, short))
            """);
        Printed(bench).Select(line => line.Replace('\t', ' ')).ShouldBe([
            "is  true true", "is  true", "told 100 0 2 true false 0", "told 150 0 2 true false 0",
            "told 150 0 3 true false 0",
        ]);
    }

    [Fact]
    public void A_file_that_is_refused_ends_the_questions_of_a_stream()
    {
        var bench = Run(
            """
            began = mcu.ticks()
            print("is ", audio.start(0, audio.PCM, 1, 8000, 16), audio.write(0, ("\0"):rep(1600)))
            print("is ", audio.play(0, "/a.amr"))
            """);
        Printed(bench).Select(line => line.Replace('\t', ' ')).ShouldBe([
            "is  true true", "is  false", "told 100 0 3 true false 0",
        ]);
    }

    [Fact]
    public void What_the_closed_player_does_can_be_set()
    {
        const string stream =
            """
            began = mcu.ticks()
            audio.start(0, audio.PCM, 1, 8000, 16)
            audio.write(0, ("\0"):rep(1600))
            audio.write(0, ("\0"):rep(800))
            """;
        Told(stream, new ModemParameters { AudioAsksEachPiece = false }).ShouldBe(["150 0 2", "150 0 3"]);
        Told(stream, new ModemParameters { AudioStreamEnds = false }).ShouldBe(["100 0 2", "150 0 2"]);
        Told("audio.play(0, {'/a.amr', '/a.amr'})", new ModemParameters { AudioBlanksEachFile = true })
            .ShouldBe(["2200 0 3"]);
        Told("audio.play(0, '/a.amr') timer.mdelay(300) audio.play(0, '/a.amr')",
            new ModemParameters { AudioPlayReplaces = true }).ShouldBe(["1400 0 3"]);

        static IEnumerable<string> Told(string script, ModemParameters parameters) =>
            Printed(Run(script, parameters: parameters))
                .Select(line => string.Join(' ', line.Split('\t')[1..3]));
    }

    [Fact]
    public void A_stream_takes_no_more_than_the_system_heap_has()
    {
        var bench = Run(
            """
            audio.start(0, audio.PCM, 1, 8000, 16)
            local taken = 0
            while audio.write(0, ("\0"):rep(10000)) do taken = taken + 1 end
            print("is ", taken > 3 and taken < 100)
            audio.stop(0)
            audio.start(0, audio.PCM, 1, 8000, 16)
            print("is ", audio.write(0, ("\0"):rep(10000)))
            """, 0.8);
        Printed(bench).ShouldBe(["is \ttrue", "is \ttrue"]);
    }
}
