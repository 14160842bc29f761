using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Comparison;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Tests.Sessions;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Tests.Comparison;

public sealed class TimingFitTests
{
    /// <summary>A module as it might be on a bench, far from the standard values.</summary>
    private static readonly BenchOptions Other = new()
    {
        Seed = 99,
        NetworkProfile = NetworkProfile.LteGood with { DnsMs = 210, RoundTripMs = 130, TlsHandshakeMs = 1900 },
        Target = new VirtualTarget
        {
            Parameters = new ModemParameters
            {
                ServiceInitAt = TimeSpan.FromMilliseconds(12),
                BannerAt = TimeSpan.FromMilliseconds(300),
                LibrariesAt = TimeSpan.FromMilliseconds(310),
                ScriptAt = TimeSpan.FromMilliseconds(350),
                ColdIpReady = TimeSpan.FromSeconds(6),
                WarmIpReadyMin = TimeSpan.FromSeconds(2.5),
                WarmIpReadyMax = TimeSpan.FromSeconds(2.5),
                TimeSyncAfterIpReady = TimeSpan.FromMilliseconds(120),
            },
        },
    };

    [Fact]
    public async Task Measured_timings_are_those_that_the_module_has()
    {
        var fit = TimingFit.Measure(await Run(Other));
        fit.Findings.ShouldNotBeEmpty();
        var (modem, link) = fit.Profile;
        var right = ((VirtualTarget)Other.Target).Parameters;
        Near(modem.ServiceInitAt, right.ServiceInitAt);
        Near(modem.BannerAt, right.BannerAt);
        Near(modem.LibrariesAt, right.LibrariesAt);
        Near(modem.ColdIpReady, right.ColdIpReady);
        Near(modem.WarmIpReadyMin, right.WarmIpReadyMin);
        Near(modem.TimeSyncAfterIpReady, right.TimeSyncAfterIpReady);
        link.DnsMs.ShouldBeInRange(200, 220);
        link.RoundTripMs.ShouldBeInRange(124, 136);
        link.TlsHandshakeMs.ShouldBeInRange(1885, 1915);
    }

    [Fact]
    public void The_log_uart_is_known_by_its_number()
    {
        LogLine Line(int ms, string text) =>
            new(TimeSpan.FromMilliseconds(ms), TimeSpan.FromMilliseconds(ms), text) { Modem = "air780e" };

        var fit = TimingFit.Measure(
        [
            Line(21, "Uart_BaseInitEx 1049:uart 0 rx cache 256 dma 256"),
            Line(900, "Uart_BaseInitEx 1049:uart 1 rx cache 2048 dma 512"),
            Line(950, "Uart_BaseInitEx 1049:uart 2 rx cache 2048 dma 512"),
            Line(990, "Uart_BaseInitEx 1049:uart 10 rx cache 2048 dma 512"),
        ]);

        fit.Profile.Modem.LogUartAt.ShouldBe(TimeSpan.FromMilliseconds(21));
    }

    [Fact]
    public async Task A_session_that_shows_no_air_is_measured_by_its_log()
    {
        var fit = TimingFit.Measure((await Run(Other)).Where(e => e.Lane is SessionLane.Log or SessionLane.Power));
        var link = fit.Profile.Network;
        (link.DnsMs + (2 * link.RoundTripMs) + link.TlsHandshakeMs).ShouldBeInRange(2340, 2400);
    }

    [Fact]
    public async Task The_fitted_model_is_nearer_to_the_module_and_within_the_usual_tolerance()
    {
        var board = await Run(Other);
        var options = new ComparisonOptions
        {
            Tolerance = new Tolerance(TimeSpan.FromMilliseconds(50), 0.1),
            Ordered = false,
            SkipMissingLanes = true,
            IgnoreIdentity = true,
        };
        var before = SessionComparer.Compare(board, await Run(new BenchOptions()), options);
        using var file = new TempFile("profile.json");
        TimingFit.Measure(board).Profile.Save(file.Path, "a test");
        var profile = MeasuredProfile.Load(file.Path);
        var after = SessionComparer.Compare(
            board,
            await Run(new BenchOptions
            {
                NetworkProfile = profile.Network,
                Target = new VirtualTarget { Parameters = profile.Modem },
            }),
            options);
        before.Equal.ShouldBeFalse();
        after.Differences.Select(ComparisonText.Sentence).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[]", "object is expected")]
    [InlineData("{", "not JSON")]
    [InlineData("""{"modem":{"coldIpready":"4 s"}}""", "modem: coldIpready: unknown key")]
    [InlineData("""{"modem":{"coldIpReady":"4"}}""", "coldIpReady: '4' has no unit")]
    [InlineData("""{"network":{"dnsMs":"x"}}""", "dnsMs")]
    [InlineData("""{"network":{},"other":1}""", "other: unknown member")]
    [InlineData("""{"dns":1}""", "dns: unknown key")]
    public void A_file_that_is_no_profile_says_why(string text, string problem)
    {
        var error = Should.Throw<FormatException>(() => MeasuredProfile.Parse(text, "p.json"));
        error.Message.ShouldStartWith("p.json: ");
        error.Message.ShouldContain(problem);
    }

    [Fact]
    public void The_file_of_a_link_is_a_profile_too() => MeasuredProfile
        .Load(Path.Combine(AirHil.Tests.RepositoryRoot.Path, "fixtures", "networks", "nb-slow.json"))
        .Network.DnsMs.ShouldBe(1900);

    private static async Task<IReadOnlyList<SessionEvent>> Run(BenchOptions options)
    {
        await using var bench = RecordedRuns.Bench("websocket-echo", options);
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(30));
        await bench.PullReset();
        await bench.RunFor(TimeSpan.FromSeconds(20));
        return bench.Events.ToList();
    }

    private static void Near(TimeSpan actual, TimeSpan expected) =>
        actual.ShouldBe(expected, TimeSpan.FromMilliseconds(2));
}
