using AirHil.Board.Description;
using AirHil.Board.Identity;
using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Identity;

public class BoardIdentityTests
{
    private static readonly BoardDescription Board = new("left", new PortAddress.Path("COM4"));
    private readonly BoardIdentity _identity = new();

    [Theory]
    [InlineData("I/main LuatOS@EC618 base 23.11 bsp V1112 32bit", null, true)]
    [InlineData("I/main LuatOS@Air780E base 24.09 bsp V1114 32bit", null, true)]
    [InlineData("I/main LuatOS@EC618 base 23.11 bsp V1112 32bit", "V1112", true)]
    [InlineData("I/main LuatOS@EC618 base 23.11 bsp V1113 32bit", "V1112", false)]
    [InlineData("I/main LuatOS@EC718P base 23.11 bsp V2001 32bit", null, false)]
    [InlineData("I/main LuatOS@Air780EP base 23.11 bsp V2001 32bit", null, false)]
    public void The_banner_tells_whether_the_firmware_is_the_expected_one(string line, string? expected, bool fits)
    {
        _identity.Read(line);
        var wrong = _identity.WrongFirmware(Board with { Firmware = expected });
        (wrong is null).ShouldBe(fits);
        if (wrong is not null) wrong.ShouldContain(line["I/main ".Length..]);
    }

    [Theory]
    [InlineData("I/user.airhil\tscript 0123456789ab")]
    [InlineData("I/user.airhil script 0123456789ab")]
    [InlineData("I/user.airhil script 0123456789AB 1.0")]
    public void The_agents_line_tells_which_script_runs(string line)
    {
        _identity.Runs("0123456789ab").ShouldBeNull();
        _identity.Read(line);
        _identity.Runs("0123456789ab").ShouldBe(true);
        _identity.Runs("ffffffffffff").ShouldBe(false);
    }

    [Theory]
    [InlineData("I/user.airhil\tready")]
    [InlineData("I/user.other\tscript 0123456789ab")]
    [InlineData("I/user.airhil\tscript 01234")]
    public void Other_lines_tell_no_script(string line)
    {
        _identity.Read(line);
        _identity.Script.ShouldBeNull();
    }

    [Fact]
    public void A_boot_forgets_the_script_of_the_boot_before()
    {
        _identity.Read("I/user.airhil\tscript 0123456789ab");
        _identity.Read("I/main LuatOS@EC618 base 23.11 bsp V1112 32bit");
        _identity.Script.ShouldBeNull();
    }

    [Fact]
    public void AT_firmware_is_told_by_its_answer_in_any_pieces()
    {
        foreach (var b in "\r\nATI\r\nAirM2M_780E_V1171_LTE_AT\r\n\r\nOK\r\n"u8.ToArray()) _identity.ReadPlain([b]);
        _identity.AtFirmware.ShouldBe("AirM2M_780E_V1171_LTE_AT");
        _identity.WrongFirmware(Board)!.ShouldContain("runs AT firmware (AirM2M_780E_V1171_LTE_AT), which runs no "
            + "scripts");
    }
}
