using AirHil.Modem.Messages;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Catalogue;

public sealed class StubTableTests
{
    private static FakeBench Run(string stubs, string script) => new FakeBench(
        script + "\nwhile true do rtos.receive(-1) end", new ModemParameters { Stubs = stubs }).PowerOn().RunTo(1);

    [Theory]
    [InlineData("audio", "audio.play(0, '/a.mp3')", "")]
    [InlineData("audio.play = true", "audio.play(0, '/a.mp3')", "true")]
    [InlineData("audio\naudio.vol = 70, 'loud', nil, -1.5, false", "audio.vol(0)", "70,loud,nil,-1.500000,false")]
    [InlineData("# Nothing plays here.\naudio.play", "select('#', audio.play(0))", "0")]
    [InlineData("gpio.get = 1", "gpio.get(5)", "1")] // Also of what is modelled.
    [InlineData("audio", "audio.PCM", "1")] // A constant stays.
    public void A_stub_returns_what_its_line_says(string stubs, string call, string expected) => Run(
        stubs,
        $"local r = table.pack({call}) for i = 1, r.n do r[i] = tostring(r[i]) end " +
        "print('is ' .. table.concat(r, ','))")
        .Line("is ").Text.ShouldBe("is " + expected);

    [Fact]
    public void Each_call_is_reported()
    {
        var bench = Run("audio", "for i = 1, 2 do audio.play(0) end");
        bench.NotModelled.ShouldBe([
            new ModemReport.NotModelled("audio.play", "main.lua:1", 1, IsStubbed: true),
            new ModemReport.NotModelled("audio.play", "main.lua:1", 2, IsStubbed: true),
        ]);
    }

    [Theory]
    [InlineData("lvgl", "V1112 has no library 'lvgl'")]
    [InlineData("gpio.fly", "the library has no such function; it has setup, ")]
    [InlineData("gpio.OUTPUT = 1", "the library has no such function")]
    [InlineData("gpio.get = high", "'high' is no value of a stub")]
    public void A_mistake_is_told(string stubs, string expected) =>
        Should.Throw<FormatException>(() => StubTable.Parse(stubs)).Message.ShouldContain(expected);
}
