using AirHil.Cli.Orders;
using AirHil.Modem;
using AirHil.Modem.Units;
using AirHil.Rig.Sessions;
using AirHil.Rig.Time;

namespace AirHil.Cli.Tests.Orders;

public sealed class ComparisonOrderTests
{
    private static readonly SessionHeader Virtual = new()
    {
        Clock = RigClock.Virtual,
        Capabilities = [Capability.StartReason],
    };

    private static readonly SessionHeader Board = new() { Clock = RigClock.Wall, Capabilities = [] };

    [Fact]
    public void Two_runs_in_virtual_time_are_held_to_the_letter()
    {
        var options = new ComparisonOrder().For(Virtual, Virtual);
        options.Tolerance.ShouldBe(Tolerance.None);
        options.Ordered.ShouldBeTrue();
        options.SkipMissingLanes.ShouldBeFalse();
        options.WithoutStartReasons.ShouldBeFalse();
    }

    [Fact]
    public void A_run_of_a_board_may_differ_by_what_radio_and_host_do()
    {
        foreach (var (left, right) in ((SessionHeader, SessionHeader)[])[(Virtual, Board), (Board, Virtual)])
        {
            var options = new ComparisonOrder().For(left, right);
            options.Tolerance.ShouldBe(new Tolerance(TimeSpan.FromMilliseconds(50), 0.10));
            options.Ordered.ShouldBeFalse();
            options.SkipMissingLanes.ShouldBeTrue();
            options.WithoutStartReasons.ShouldBeTrue();
        }
    }

    [Fact]
    public void What_the_user_says_wins()
    {
        var mine = new Tolerance(TimeSpan.FromSeconds(1), 0.5);
        var options = new ComparisonOrder { Tolerance = mine, IgnoreIdentity = true }.For(Virtual, Virtual);
        options.Tolerance.ShouldBe(mine);
        options.IgnoreIdentity.ShouldBeTrue();
    }
}
