using AirHil.Modem.Messages;

namespace AirHil.Modem.Tests.Messages;

public sealed class LogLineTests
{
    [Fact]
    public void The_text_is_utf8_and_what_is_none_is_marked()
    {
        new ModemReport.LogLine(TimeSpan.Zero, "I/user.数据\ta\nb"u8.ToArray()).Text.ShouldBe("I/user.数据\ta\nb");
        new ModemReport.LogLine(TimeSpan.Zero, new byte[] { 0x41, 0xA5, 0x42 }).Text.ShouldBe("A\uFFFDB");
    }
}
