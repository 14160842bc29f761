using AirHil.Hunt.Search;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Hunt.Tests.Search;

public sealed class LimitDrawTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("fail dns", "of a.example", "of b.example", "1 time", "5 times")]
    [InlineData("hang tls", "at a.example", "at b.example", "2 times")]
    [InlineData("slow link 2s 1000B/s", "to module", "from module at b.example")]
    [InlineData("garble uart bytes 5", "at uart 1", "at uart 2", "from module", "3 times")]
    public void A_fault_is_limited_to_what_the_run_met(string phrase, params string[] limits)
    {
        var drawn = Drawn(Met(), phrase);
        drawn.ShouldContain(phrase, "most are not limited");
        foreach (var limit in limits) drawn.ShouldContain($"{phrase} {limit}");
        drawn.ShouldNotContain(text => text.Contains("c.example", StringComparison.Ordinal));
    }

    [Fact]
    public void One_host_and_one_line_are_no_limit()
    {
        var limits = new LimitDraw(answersOnUart: false);
        limits.Feed(new DnsAsked(TimeSpan.Zero, "a.example"));
        limits.Feed(new UartIn(TimeSpan.Zero, 1, default));
        Drawn(limits, "fail dns").ShouldNotContain(text => text.Contains("of", StringComparison.Ordinal));
        Drawn(limits, "lose uart bytes 5").ShouldAllBe(
            text => text == "lose uart bytes 5" || text.EndsWith("time", StringComparison.Ordinal)
                || text.EndsWith("times", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("tab\t")]
    [InlineData("for")]
    [InlineData("uart")]
    [InlineData("")]
    public void A_name_that_no_phrase_tells_is_no_limit(string name)
    {
        var limits = Met();
        limits.Feed(new DnsAsked(TimeSpan.Zero, name));
        Drawn(limits, "fail dns").ShouldAllBe(text => FaultPhrase.Parse(text).Fault.Phrase == text);
        Drawn(limits, "fail dns").ShouldNotContain("fail dns of " + name);
    }

    [Fact]
    public void A_reset_that_is_repeated_lasts()
    {
        var repeated = Enumerable.Range(0, 100).Select(i => Met().Draw(
            SplitMix64.For(1, $"{i}"), new BeginFault(new ResetConnections()), Minute)).OfType<BeginFault>().ToArray();
        repeated.ShouldContain(begin => begin.Fault.Limits.Times > 0);
        repeated.ShouldAllBe(begin => begin.For == (begin.Fault.Limits.Times > 0 ? Minute : null));
    }

    [Fact]
    public void Noise_comes_to_a_uart_that_something_came_to()
    {
        var limits = new LimitDraw(answersOnUart: false);
        var noise = new WriteUart(1, UartStimulus.Of("x"));
        limits.Draw(new SplitMix64(1), noise, Minute).ShouldBe(noise, "nothing came to any");
        limits.Feed(new UartIn(TimeSpan.Zero, 2, default));
        limits.Draw(new SplitMix64(1), noise, Minute).ShouldBe(noise with { Port = 2 });
    }

    internal static LimitDraw Met()
    {
        var limits = new LimitDraw(answersOnUart: true);
        for (var port = 1; port <= 2; port++) limits.Feed(new UartIn(TimeSpan.Zero, port, default));
        foreach (var host in (string[])["a.example", "b.example"])
        {
            limits.Feed(new DnsAsked(TimeSpan.Zero, host));
            limits.Feed(new TcpOpened(TimeSpan.Zero, new Connection(1, host, 80)));
        }

        return limits;
    }

    private static HashSet<string> Drawn(LimitDraw limits, string phrase) =>
    [
        .. Enumerable.Range(0, 2000).Select(i => limits.Draw(
            SplitMix64.For(1, $"{phrase} {i}"), new BeginFault(FaultPhrase.Parse(phrase).Fault, Minute), Minute))
            .Select(act => ((BeginFault)act).Fault.Phrase),
    ];
}
