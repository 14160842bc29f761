using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Tests.Observation;

public sealed class SightingTests
{
    private static readonly Moment.Booted Boot = new("");
    private static readonly Moment.IpReady Ready = new();

    [Fact]
    public void The_start_comes_before_what_the_first_line_says()
    {
        var line = new LogLine(TimeSpan.FromSeconds(2), TimeSpan.Zero, "x"u8.ToArray(), Boot, Ready);
        var sighting = new Sighting(0, line);
        sighting.Moments.ShouldBe([Boot, Ready]);
        (sighting.Start, sighting.Moment, sighting.At).ShouldBe((Boot, Ready, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void A_line_that_says_nothing_known_and_another_lane_have_no_moments()
    {
        new Sighting(0, new LogLine(TimeSpan.Zero, TimeSpan.Zero, "x"u8.ToArray())).Moments.ShouldBeEmpty();
        new Sighting(0, new UartOut(TimeSpan.Zero, 1, "IP_READY"u8.ToArray())).Moments.ShouldBeEmpty();
    }
}
