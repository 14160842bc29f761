using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Network;

/// <summary>The resolver's schedule (reference-net §6.1, rows D1 to D5 of §10.3).</summary>
public sealed class DnsClientTests
{
    private const string Address = "203.0.113.7";
    private readonly StackBench _bench = new();
    private readonly List<(double At, string? Address)> _answers = [];

    public DnsClientTests() => _bench.Stack.LinkChanged(true);

    [Fact]
    public void Without_servers_a_name_fails_at_once()
    {
        var bench = new StackBench();
        bench.Stack.Dns.Resolve("x.example", found => _answers.Add((bench.Seconds, found.Count > 0 ? "one" : null)));
        bench.RunTo(5);

        _answers.ShouldBe([(0, null)]);
        bench.Sent.ShouldBeEmpty();
        bench.Log.ShouldBe([(0, "E/DNS no ipv6, no ipv4"), (1, "I/DNS dns all done ,now stop")]);
    }

    [Fact]
    public void A_silent_name_is_asked_six_times_and_given_up_after_twelve_seconds()
    {
        Resolve();
        _bench.RunTo(60);

        _bench.Sent.Select(sent => sent.At).ShouldBe([0, 1, 3, 6, 7, 9]);
        _answers.ShouldBe([(12, null)]);
        _bench.Log.Select(line => line.Text).ShouldBe(
        [
            "D/DNS x.example state 0 id 1 ipv6 0 use dns server2, try 0",
            "D/DNS x.example state 0 id 1 ipv6 0 use dns server2, try 1",
            "D/DNS x.example state 0 id 1 ipv6 0 use dns server2, try 2",
            "D/DNS x.example state 0 id 1 ipv6 0 use dns server3, try 0",
            "D/DNS x.example state 0 id 1 ipv6 0 use dns server3, try 1",
            "D/DNS x.example state 0 id 1 ipv6 0 use dns server3, try 2",
            "E/DNS no ipv6, no ipv4",
            "I/DNS dns all done ,now stop",
        ]);
        _bench.Log.TakeLast(2).Select(line => line.At).ShouldBe([12, 13]);
    }

    [Theory]
    [InlineData(1, 0.095, 1)] // D1: the first answer
    [InlineData(1, 0.95, 1)] // later than the try's 900 ms, but before the tick that looks
    [InlineData(1, 1.5, 2)] // an answer to the first try while the second runs
    [InlineData(3, 3.1, 3)]
    [InlineData(4, 6.1, 4)] // D5: the first server is dead
    [InlineData(6, 11.9, 6)]
    public void An_answer_to_any_try_ends_it_at_once(int query, double at, int asked)
    {
        Resolve();
        _bench.RunTo(at);
        _bench.Stack.Dns.Resolved(query, [Address]);
        _bench.RunTo(60);

        _answers.ShouldBe([(at, Address)]);
        _bench.Sent.Count.ShouldBe(asked);
        _bench.Log[^1].ShouldBe((at, "I/DNS dns all done ,now stop"));
    }

    [Fact]
    public void Nothing_is_remembered_and_the_number_of_the_line_goes_on()
    {
        Resolve();
        _bench.Stack.Dns.Resolved(1, [Address]);
        Resolve();
        _bench.Sent.Count.ShouldBe(2);
        _bench.Log[^1].Text.ShouldBe("D/DNS x.example state 0 id 2 ipv6 0 use dns server2, try 0");
    }

    [Fact]
    public void An_answer_that_nobody_asked_for_is_dropped()
    {
        Resolve();
        _bench.Stack.Dns.Resolved(99, [Address]);
        _answers.ShouldBeEmpty();
        _bench.Stack.Dns.Resolved(1, [Address]);
        _bench.Stack.Dns.Resolved(1, [Address]);
        _answers.Count.ShouldBe(1);
    }

    [Fact]
    public void A_name_that_is_asked_for_twice_is_one_query_with_two_answers()
    {
        Resolve();
        _bench.RunTo(0.5);
        Resolve();
        _bench.RunTo(0.7);
        _bench.Stack.Dns.Resolved(1, [Address]);
        _bench.Sent.Count.ShouldBe(1);
        _answers.ShouldBe([(0.7, Address), (0.7, Address)]);
        _bench.Log.Count(line => line.Text.StartsWith("D/DNS", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void A_lost_link_forgets_all_names_without_a_word()
    {
        Resolve();
        _bench.RunTo(0.5);
        _bench.Stack.LinkChanged(false);
        _bench.RunTo(60);
        _answers.ShouldBeEmpty();
        _bench.Log.Count.ShouldBe(1);
        Resolve();
        _bench.RunTo(61);
        _bench.Sent.Select(sent => sent.At).ShouldBe([0, 60, 61]); // the timer starts anew
    }

    [Fact]
    public void The_timer_of_the_first_name_serves_the_second_and_stops_after_both()
    {
        Resolve();
        _bench.RunTo(0.5);
        Resolve("y.example");
        _bench.RunTo(2.1);
        // The second name's first try is over at 1.4 s and the timer looks at 2 s.
        _bench.Sent.Select(sent => (sent.At, ((AirRequest.ResolveHost)sent.Request).Query))
            .ShouldBe([(0, 1), (0.5, 2), (1, 3), (2, 4)]);
        _bench.Stack.Dns.Resolved(1, [Address]);
        _bench.Log.ShouldNotContain(line => line.Text.Contains("all done"));
        _bench.Stack.Dns.Resolved(4, [Address]);
        _bench.Log.Count(line => line.Text.Contains("all done")).ShouldBe(1);
    }

    [Fact]
    public void A_tick_sends_one_query()
    {
        Resolve();
        Resolve("y.example");
        _bench.RunTo(3);
        // Both are due at 1 s; the second waits for the tick at 2 s.
        _bench.Sent.Select(sent => (sent.At, ((AirRequest.ResolveHost)sent.Request).Host)).ShouldBe(
            [(0, "x.example"), (0, "y.example"), (1, "x.example"), (2, "y.example"), (3, "x.example")]);
    }

    private void Resolve(string host = "x.example") =>
        _bench.Stack.Dns.Resolve(host, found => _answers.Add((_bench.Seconds, found.Count > 0 ? found[0] : null)));
}
