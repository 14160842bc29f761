using AirHil.Modem.Observation;

namespace AirHil.Board.Tests.Log;

public class VendorLogTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(4096)]
    public void The_published_logs_come_back_as_they_were_printed(int chunk)
    {
        foreach (var log in ((uint, string)[][])[VendorLog.Boot, VendorLog.Echo])
        {
            Wire.Read(VendorLog.Frames(log), chunk).Select(r => ((uint)r.TickMs, r.Text())).ShouldBe(log);
        }
    }

    [Fact]
    public void They_tell_boot_version_network_and_echo()
    {
        var interpreter = new LogInterpreter();
        var moments = Wire.Read(VendorLog.Frames(VendorLog.Echo), 64)
            .SelectMany(r =>
            {
                var (start, moment) = interpreter.Read(r.Tick, r.Text());
                return (Moment?[])[start, moment];
            })
            .OfType<Moment>()
            .ToArray();
        moments.OfType<Moment.Booted>().Count().ShouldBe(1);
        moments.OfType<Moment.FirmwareVersion>().ShouldHaveSingleItem().Version.ShouldBe("V1112");
        moments.OfType<Moment.IpReady>().ShouldHaveSingleItem().Tick.ShouldBe(TimeSpan.FromMilliseconds(4448));
        moments.OfType<Moment.Connecting>().ShouldHaveSingleItem().Host.ShouldBe("echo.airtun.air32.cn");
        moments.OfType<Moment.WebSocketReady>().Count().ShouldBe(1);
        moments.OfType<Moment.UserLog>().ShouldContain(u => u.Tag == "wsc" && u.Text.StartsWith("recv\t{"));
    }
}
