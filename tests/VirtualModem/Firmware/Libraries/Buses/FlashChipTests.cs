namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

/// <summary><c>sfud</c> and <c>lora</c> as their C code has them, with nothing connected.</summary>
public sealed class FlashChipTests
{
    private const string Found = "sfud.getDeviceTable()";

    [Theory]
    [InlineData("sfud.init(0, 8, 1000000), sfud.init(spi.deviceSetup(0, 8)), sfud.init(7, 8, 1000000)",
        "false,false,false")]
    [InlineData("pcall(sfud.init)", "false,sfud.init without a bus (V1112 crashes here)")]
    [InlineData(
        "sfud.getDeviceNum(), sfud.getDevice(0) == sfud.getDeviceTable(), sfud.getDevice(1) == sfud.getDevice(2)",
        "1,true,true")]
    [InlineData("sfud.getInfo(" + Found + ")", "0,0")]
    [InlineData("sfud.read(" + Found + ", 0, 4), sfud.erase(" + Found + ", 0, 4096)", ",5")]
    [InlineData("sfud.write(" + Found + ", 0, 'abc'), sfud.eraseWrite(" + Found + ", 0, 'abc')", "0,5")]
    [InlineData("pcall(sfud.mount, " + Found + ", '/x')",
        "false,sfud.mount of a chip that was not found (V1112 crashes here)")]
    [InlineData("pcall(sfud.read, nil, 0, 4)", "false,sfud.read without its chip (V1112 crashes here)")]
    [InlineData("lora.init('sx1234')", "")]
    public void A_call_returns(string expression, string expected) => BusBench.Eval(expression).ShouldBe(expected);

    [Theory]
    [InlineData("sfud.init(0, 8, 1000000)", "I/sfud Warning: Read SFDP parameter header information failed. " +
        "The LuatOS-sfud does not support JEDEC SFDP.")]
    [InlineData("sfud.init(0, 8, 1000000)", "I/sfud Warning: This flash device is not found or not supported.")]
    [InlineData("sfud.init(0, 8, 1000000)", "I/sfud Error: LuatOS-sfud flash device initialization failed.")]
    [InlineData("sfud.init(7, 8, 1000000)", "I/sfud Error: Read flash device JEDEC ID error.")]
    [InlineData("sfud.read(" + Found + ", 0, 4)", "I/sfud Error: Flash address is out of bound.")]
    [InlineData("sfud.read(" + Found + ", 0, 4)", "D/sfud sfud_read re 5")]
    [InlineData("lora.init('sx1234')", "E/lora no such ic sx1234")]
    public void A_call_logs(string expression, string line) => BusBench.Run(expression).Lines.ShouldContain(line);

    [Theory]
    [InlineData("sfud.init(0, 8, 1000000)", "9F000000,5A000000FF0000000000000000")]
    [InlineData("lora.init('llcc68', {id = 0, cs = 8, res = 1, busy = 18, dio1 = 19})", "C0,00")]
    public void A_chip_is_asked(string expression, string sent) => string.Join(
        ',', BusBench.Run(expression).Spi.Select(transfer => Convert.ToHexString(transfer.Sent.Span))).ShouldBe(sent);

    [Fact]
    public void A_radio_whose_busy_line_stays_high_is_waited_for() =>
        BusBench.Run("lora.init('llcc68', {id = 0, cs = 8, res = 1, busy = 18, dio1 = 19})").Lines
            .ShouldNotContain(line => line.StartsWith("is ", StringComparison.Ordinal));
}
