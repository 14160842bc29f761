using AirHil.Modem.Buses;
using AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Files;

/// <summary><c>fatfs</c> as its C code has it, with no card; mounting succeeds and looks at nothing.</summary>
public sealed class FatLibraryTests
{
    private const string Card = "spi.setup(0, nil, 0, 0, 8, 400000), fatfs.mount(fatfs.SPI, '/sd', 0, 8)";
    private const string Memory = "fatfs.mount(fatfs.RAM, '/sd')";

    [Theory]
    [InlineData("fatfs.getfree('/sd')", "nil,12")] // nothing is mounted
    [InlineData("fatfs.mount(fatfs.SPI, '/sd')", "true,0")]
    [InlineData("fatfs.mount(fatfs.SPI, '/sd', 7)", "true,0")] // a bus that is none
    [InlineData("fatfs.mount(fatfs.SPI, '/sd', spi.deviceSetup(0, 8))", "true,0")]
    [InlineData("fatfs.init(fatfs.SDIO)", "true,0")]
    [InlineData("fatfs.mount(3)", "true,0")]
    [InlineData("fatfs.mount(4)", "false,fatfs_mode error")]
    [InlineData("pcall(fatfs.mount)", "false,bad argument #1 to '?' (number expected, got no value)")]
    [InlineData("pcall(fatfs.mount, 0, {})", "false,bad argument #2 to '?' (string expected, got table)")]
    [InlineData(Card + ", fatfs.getfree('/sd')", "0,true,nil,3")]
    [InlineData(Card + ", fatfs.getfree('0:/sd'), fatfs.getfree('1:'), fatfs.getfree('a:')", "0,true,nil,nil,nil,11")]
    [InlineData(Memory + ", fatfs.getfree('/sd')", "true,nil,13")] // nobody has formatted it
    [InlineData("fatfs.mount(fatfs.RAM, '/sd', 511), fatfs.getfree('/sd')", "true,nil,3")]
    [InlineData("fatfs.mount(fatfs.SDIO, '/sd'), fatfs.getfree('/sd')", "true,nil,13")]
    [InlineData("fatfs.mount(3, '/sd'), fatfs.getfree('/sd')", "true,nil,3")]
    [InlineData(Memory + ", fatfs.mount(fatfs.SDIO, '/sd'), fatfs.unmount('/sd'), fatfs.getfree('')",
        "true,true,0,nil,12")]
    [InlineData(Card + ", io.open('/sd/a'), io.exists('/sd/a'), fs.fsize('/sd/a'), io.mkdir('/sd/a')",
        "0,true,nil,false,0,false,-1")]
    [InlineData(Card + ", os.remove('/sd/a'), io.mkfs('/sd')", "0,true,nil,false,3")]
    [InlineData(Card + ", fs.fsstat('/sd')", "0,true,true,0,0,512,fatfs")]
    [InlineData(Memory + ", pcall(io.mkfs, '/sd')",
        "true,false,io.mkfs of a medium of fatfs is not modelled by this virtual Air780E (V1112 has it; see " +
        "docs/fidelity.md)")]
    [InlineData("fs.mount('', 'fatfs', '/x', ''), fatfs.getfree('/x')", "0,nil,12")]
    [InlineData("pcall(fatfs.debug, true)",
        "false,bad argument #1 to '?' (number expected, got boolean)")]
    [InlineData("fatfs.unmount('/none')", "0")]
    public void A_call_returns(string expression, string expected) => BusBench.Eval(expression).ShouldBe(expected);

    [Theory]
    [InlineData("fatfs.mount(fatfs.SPI, '/sd')", "D/fatfs init sdcard at spi=0 cs=3")]
    [InlineData(Memory, "D/fatfs init ramdisk at FatFS")]
    [InlineData("fatfs.mount(fatfs.SDIO)", "D/fatfs init FatFS at sdio")]
    [InlineData("fatfs.mount(9)", "D/fatfs fatfs_mode error")]
    [InlineData("fatfs.mount(fatfs.RAM, '/r', 300000)", "W/ramdisk luat_heap_malloc return NULL")]
    [InlineData("fatfs.mount(3), fatfs.getfree('')", "D/luat.fatfs NOTRDY >> 0")]
    [InlineData(Card + ", fatfs.getfree('')", "E/SPI_TF cmd 0 arg 0 result -6")]
    [InlineData(Card + ", fatfs.getfree('')", "FF FF FF FF FF FF FF FF FF FF FF FF FF FF \r\n")]
    [InlineData("fatfs.mount(fatfs.SPI, '/sd', 7), fatfs.getfree('')",
        "40 00 00 00 00 95 FF FF FF FF FF FF FF FF \r\n")]
    [InlineData(Card + ", fatfs.getfree('')", "D/SPI_TF sdcard init fail!")]
    [InlineData(Card + ", fatfs.getfree('')", "D/SPI_TF SDHC error, please reboot tf card")]
    [InlineData(Card + ", io.open('/sd/a')", "D/fatfs f_open /a 3")]
    [InlineData(Card + ", io.open('/sd/a')", "D/vfs fopen /sd/a r not found")]
    [InlineData(Card + ", io.lsdir('/sd/')", "D/fatfs opendir / 3")]
    [InlineData(Card + ", io.mkdir('/sd/x')", "D/fatfs mkdir ret 3")]
    [InlineData(Card + ", io.rmdir('/sd/x')", "D/fatfs rmdir ret 3")]
    [InlineData(Card + ", io.mkfs('/sd')", "D/fatfs format ret 3")]
    [InlineData("fatfs.debug(1), " + Memory, "D/luat.fatfs disk_open >> 0")]
    [InlineData("fatfs.debug(1), " + Memory, "D/fatfs [FatFS]fatfs_init success")]
    [InlineData("fatfs.debug(1), " + Memory + ", fatfs.getfree('')", "D/ramdisk ramdisk initialize ok")]
    [InlineData("fatfs.debug(1), " + Memory + ", fatfs.getfree('')", "D/luat.fatfs disk_read >> 0")]
    [InlineData("fatfs.unmount('/none')", "E/vfs no such mount point /none")]
    public void A_call_logs(string expression, string line) => BusBench.Run(expression).Lines.ShouldContain(line);

    [Fact]
    public void The_first_command_goes_out_and_the_power_is_switched()
    {
        var bench = BusBench.Run(
            "spi.setup(0), gpio.setup(8, 1), fatfs.mount(0, '/sd', 0, 8, 1000000, 22, 7), fatfs.getfree('')");
        Convert.ToHexString(bench.Spi[2].Sent.Span).ShouldBe("4000000000" + "95" + "FFFFFFFFFFFFFFFF");
        bench.Spi.Select(transfer => transfer.Sent.Length).ShouldBe([40, 40, 14, 1]);
        var power = bench.Pins.Where(p => p.Report.Pin == 22).ToList();
        power.Select(p => p.Report.Drive.ToString()).ShouldBe(["Low", "High"]);
        (power[1].At - power[0].At).TotalMilliseconds.ShouldBe(7, 0.1);
    }

    [Fact]
    public void A_card_that_answers_fails_by_name() =>
        BusBench.Eval("pcall(fatfs.mount, 0, '/sd', 0, 8)", _ => new BusAnswer.Spi(new byte[1]),
            new DeviceSpot.Spi("0", 8))
            .ShouldStartWith("false,fatfs.mount of a card that answers is not modelled");
}
