using System.Security.Cryptography;
using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Tests.Sessions;

public sealed class SessionHashTests
{
    private static readonly Connection Echo = new(7, "echo.test", 443);
    private static readonly SessionEvent Sent = new TcpSent(TimeSpan.FromMilliseconds(4448), Echo, "abc"u8.ToArray());

    [Fact]
    public void An_empty_session_has_the_hash_of_nothing() =>
        Of().ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    /// <summary>A change of it invalidates every recorded hash.</summary>
    [Fact]
    public void What_is_hashed_are_the_lines_of_the_file() => Of(Sent).ShouldBe(Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(
            """{"t":4.448,"net":"tcp.tx","conn":7,"host":"echo.test","port":443,"data":"abc"}""" + "\n"))));

    [Fact]
    public void Anybody_can_take_the_hash_of_a_file()
    {
        using var stream = new MemoryStream();
        var writer = new SessionWriter(stream, SessionCompression.None, new SessionHeader());
        for (var i = 0; i < 3000; i++) writer.Append(new Marked(TimeSpan.FromMilliseconds(i), $"{i}"));
        writer.Finish(TimeSpan.FromSeconds(3));
        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        var events = string.Concat(lines.Where(line => line.Contains("\"rig\":")).Select(line => line + "\n"));
        lines[^2].ShouldContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(events))));
    }

    [Fact]
    public void Every_value_of_an_event_counts()
    {
        var at = Sent.At;
        SessionEvent[] others =
        [
            Sent with { At = at + TimeSpan.FromTicks(1) }, Sent with { Modem = "2" },
            Sent with { Bytes = "abd"u8.ToArray() }, new TcpReceived(at, Echo, Sent.Bytes),
            new TcpSent(at, Echo with { Number = 8 }, Sent.Bytes), new TcpSent(at, Echo with { Port = 80 }, Sent.Bytes),
            new TcpSent(at, Echo with { Host = "other.test" }, Sent.Bytes),
        ];
        others.Select(e => Of(e)).Append(Of(Sent)).Distinct().Count().ShouldBe(others.Length + 1);
    }

    [Fact]
    public void The_order_counts() =>
        Of(Sent, Sent with { Modem = "2" }).ShouldNotBe(Of(Sent with { Modem = "2" }, Sent));

    [Theory]
    [InlineData(1)]
    [InlineData(4090)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public void Long_values_are_hashed_whole(int length)
    {
        var last = new byte[length];
        last[^1] = 1;
        Of(Sent with { Bytes = new byte[length] }).ShouldNotBe(Of(Sent with { Bytes = last }));
    }

    [Fact]
    public void Asking_for_the_hash_meanwhile_changes_nothing()
    {
        using var hash = new SessionHash();
        hash.Add(Sent);
        hash.Current().ShouldBe(Of(Sent));
        hash.Add(Sent);
        hash.Current().ShouldBe(Of(Sent, Sent));
    }

    private static string Of(params SessionEvent[] events)
    {
        using var hash = new SessionHash();
        foreach (var e in events) hash.Add(e);
        return hash.Current();
    }
}
