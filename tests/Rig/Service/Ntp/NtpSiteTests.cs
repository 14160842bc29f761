using System.Buffers.Binary;
using System.Text;
using AirHil.Rig.Service.Machine;

namespace AirHil.Rig.Tests.Service.Ntp;

public sealed class NtpSiteTests
{
    [Theory]
    [InlineData("right", 0)]
    [InlineData("1 h ahead", 3600)]
    [InlineData("90 s behind", -90)]
    [InlineData("3 years ahead", 3 * 365 * 86_400)]
    [InlineData("20 years ahead", 20 * 365 * 86_400)]
    public void The_answer_has_the_worlds_date_and_the_servers_offset(string does, long seconds)
    {
        var world = new ServiceWorld("ntp://a.test=" + does);
        var asked = new byte[48];
        asked[0] = 0x1B;
        "12345678"u8.CopyTo(asked.AsSpan(40));
        world.Run(0.5);
        var answer = Encoding.Latin1.GetBytes(world.Datagram("a.test", 123, asked)!);
        answer.Length.ShouldBe(48);
        answer[0].ShouldBe((byte)0x1C);
        answer[1].ShouldBe((byte)1);
        answer[24..32].ShouldBe("12345678"u8.ToArray());
        var since1900 = (long)(ServiceWorld.Date - new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
        BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(40)).ShouldBe(unchecked((uint)(since1900 + seconds)));
        (BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(44)) / (double)(1L << 32)).ShouldBe(0.501, 0.0001);
    }

    [Fact]
    public void What_is_no_question_and_a_silent_server_have_no_answer()
    {
        var world = new ServiceWorld("ntp://a.test=right", "ntp://b.test=silent");
        world.Datagram("a.test", 123, new byte[48]).ShouldBeNull();
        world.Datagram("a.test", 123, new byte[] { 0x1B }).ShouldBeNull();
        var asked = new byte[48];
        asked[0] = 0x23;
        world.Datagram("b.test", 123, asked).ShouldBeNull();
        world.Datagram("a.test", 123, asked).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("ntp://a.test=3 ahead", "unit")]
    [InlineData("ntp://a.test=999 years ahead", "no number of years")]
    [InlineData("ntp://a.test=wrong", "expected right, silent")]
    public void A_mistake_is_shown(string endpoint, string message) =>
        Should.Throw<FormatException>(() => EndpointText.Parse(endpoint)).Message.ShouldContain(message);
}
