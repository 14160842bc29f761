using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Parameters;

public sealed class FirmwareReleaseTests
{
    [Theory]
    [InlineData("V1112", 1112)]
    [InlineData("V1120", 1120)]
    public void A_release_is_read_and_named(string text, int number)
    {
        FirmwareRelease.Parse(text).ShouldBe(number);
        FirmwareRelease.Name(number).ShouldBe(text);
    }

    [Theory]
    [InlineData("V1117")]
    [InlineData("1113")]
    [InlineData("V1121")]
    [InlineData("")]
    public void Another_is_refused_with_those_that_are_known(string text) =>
        Should.Throw<FormatException>(() => FirmwareRelease.Parse(text)).Message
            .ShouldContain("known are V1112, V1113, V1114, V1115, V1116, V1118, V1120");

    [Fact]
    public void A_release_has_every_change_up_to_its_number()
    {
        var parameters = new ModemParameters { Firmware = 1114 };
        FirmwareChange.Pong.IsIn(parameters).ShouldBeTrue();
        FirmwareChange.NoRepeats.IsIn(parameters).ShouldBeTrue();
        FirmwareChange.MessageFlags.IsIn(parameters).ShouldBeFalse();
        FirmwareChange.LongWatchdog.IsIn(new ModemParameters()).ShouldBeFalse();
    }
}
