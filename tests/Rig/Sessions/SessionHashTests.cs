using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Tests.Sessions;

public sealed class SessionHashTests
{
    private static readonly SessionEvent Line =
        new(TimeSpan.FromMilliseconds(4448), SessionLane.Log, "log", "D/mobile NETIF_LINK_ON -> IP_READY",
            "abc"u8.ToArray())
        {
            Tick = TimeSpan.FromMilliseconds(4447),
        };

    [Fact]
    public void An_empty_session_has_the_hash_of_nothing() =>
        Of().ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    // Worked out by hand from the encoding in the docstring; a change of it invalidates every recorded hash.
    [Fact]
    public void The_encoding_is_pinned()
    {
        var expected = System.Security.Cryptography.SHA256.HashData(
            [
                .. BitConverter.GetBytes(44_480_000L), 2, 1, .. BitConverter.GetBytes(44_470_000L),
                3, 0, 0, 0, .. "log"u8, 34, 0, 0, 0, .. "D/mobile NETIF_LINK_ON -> IP_READY"u8,
                3, 0, 0, 0, .. "abc"u8, 1, 0, 0, 0, .. "1"u8,
            ]);
        Of(Line).ShouldBe(Convert.ToHexStringLower(expected));
    }

    [Fact]
    public void Every_value_of_an_event_counts()
    {
        SessionEvent[] others =
        [
            Line with { At = Line.At + TimeSpan.FromTicks(1) }, Line with { Lane = SessionLane.Rig },
            Line with { Kind = "logs" },
            Line with { Text = Line.Text + " " }, Line with { Bytes = "abd"u8.ToArray() }, Line with { Modem = "2" },
            Line with { Tick = null }, Line with { Tick = TimeSpan.Zero },
        ];
        others.Select(e => Of(e)).Append(Of(Line)).Distinct().Count().ShouldBe(others.Length + 1);
    }

    [Fact]
    public void Text_cannot_slide_from_one_value_to_the_next() =>
        Of(Line with { Kind = "ab", Text = "c" }).ShouldNotBe(Of(Line with { Kind = "a", Text = "bc" }));

    [Fact]
    public void The_order_counts() =>
        Of(Line, Line with { Modem = "2" }).ShouldNotBe(Of(Line with { Modem = "2" }, Line));

    [Theory]
    [InlineData(1)]
    [InlineData(4090)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public void Long_values_are_hashed_whole(int length)
    {
        var text = new string('x', length);
        var whole = Of(Line with { Text = text, Bytes = new byte[length] });
        whole.ShouldNotBe(Of(Line with { Text = text[1..] + "y", Bytes = new byte[length] }));
        var last = new byte[length];
        last[^1] = 1;
        whole.ShouldNotBe(Of(Line with { Text = text, Bytes = last }));
    }

    [Fact]
    public void Asking_for_the_hash_meanwhile_changes_nothing()
    {
        using var hash = new SessionHash();
        hash.Add(Line);
        hash.Current().ShouldBe(Of(Line));
        hash.Add(Line);
        hash.Current().ShouldBe(Of(Line, Line));
    }

    private static string Of(params SessionEvent[] events)
    {
        using var hash = new SessionHash();
        foreach (var e in events) hash.Add(e);
        return hash.Current();
    }
}
