using AirHil.Modem.Faults;
using AirHil.Rig.Network;

namespace AirHil.Rig.Tests.Network;

public sealed class ActingFaultsTests
{
    private readonly ActingFaults _faults = new();

    [Fact]
    public void A_fault_acts_on_its_modem_or_on_all()
    {
        _faults.Begin(new BlackHole(), "1", TimeSpan.Zero);
        _faults.Has<BlackHole>("1").ShouldBeTrue();
        _faults.Has<BlackHole>("2").ShouldBeFalse();
        _faults.Has<DropCoverage>("1").ShouldBeFalse();
        _faults.Begin(new BlackHole(), null, TimeSpan.Zero);
        _faults.Has<BlackHole>("2").ShouldBeTrue();
    }

    [Fact]
    public void Of_different_ones_the_last_counts_until_it_ends()
    {
        _faults.Begin(new ChangeCell(1, 2), null, TimeSpan.Zero);
        _faults.Begin(new ChangeCell(3, 4), null, TimeSpan.Zero);
        _faults.Find<ChangeCell>("1").ShouldBe(new ChangeCell(3, 4));
        _faults.End(new ChangeCell(3, 4), place: null, null);
        _faults.Find<ChangeCell>("1").ShouldBe(new ChangeCell(1, 2));
    }

    [Fact]
    public void The_first_of_equal_faults_ends()
    {
        _faults.Begin(new BlackHole(), "1", TimeSpan.Zero);
        _faults.Begin(new BlackHole(), "1", TimeSpan.Zero);
        _faults.End(new BlackHole(), place: null, "1");
        _faults.Has<BlackHole>("1").ShouldBeTrue();
        _faults.End(new BlackHole(), place: null, "1");
        _faults.Has<BlackHole>("1").ShouldBeFalse();
        _faults.End(new BlackHole(), place: null, "1");
    }

    [Fact]
    public void That_one_of_equal_faults_ends_that_is_named()
    {
        var once = new RefuseConnections { Limits = new(Times: 1) };
        _faults.Begin(once, null, TimeSpan.Zero);
        _faults.Strike<RefuseConnections>("1", "a.example").ShouldBe(once);
        _faults.Begin(once, null, TimeSpan.Zero);
        _faults.End(once, place: 2, null);
        _faults.Has<RefuseConnections>("1", "a.example").ShouldBeTrue("there is no third one");
        _faults.End(once, place: 1, null);
        _faults.Has<RefuseConnections>("1", "a.example").ShouldBeFalse("the other one has occurred");
    }

    [Fact]
    public void A_fault_that_changes_is_what_it_is_now()
    {
        var gaps = new InterruptLink(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        _faults.Begin(gaps, null, TimeSpan.FromSeconds(5));
        _faults.Has<BlackHole>("1").ShouldBeTrue();
        _faults.NextChange.ShouldBe(TimeSpan.FromSeconds(6));
        _faults.MoveTo(TimeSpan.FromSeconds(6));
        _faults.Has<BlackHole>("1").ShouldBeFalse();
        _faults.NextChange.ShouldBe(TimeSpan.FromSeconds(15));
        _faults.End(gaps, place: null, null);
        _faults.NextChange.ShouldBeNull();
    }

    [Fact]
    public void Hosts_are_silent_refuse_or_are_down_by_name_in_any_case()
    {
        var down = new RefuseConnections { Limits = new(Host: "b.example") };
        _faults.Begin(new SilentHost { Limits = new(Host: "a.example") }, "1", TimeSpan.Zero);
        _faults.Begin(down, "1", TimeSpan.Zero);
        _faults.Has<SilentHost>("1", "A.Example").ShouldBeTrue();
        _faults.Has<SilentHost>("1", "b.example").ShouldBeFalse();
        _faults.Has<SilentHost>("2", "a.example").ShouldBeFalse();
        _faults.Has<RefuseConnections>("1", "b.example").ShouldBeTrue();
        _faults.Has<RefuseConnections>("1", "a.example").ShouldBeFalse();
        _faults.IsDown("b.example").ShouldBeFalse("it refuses one modem only");
        _faults.Begin(down, null, TimeSpan.Zero);
        _faults.IsDown("b.example").ShouldBeTrue();
    }

    [Fact]
    public void A_fault_of_one_direction_that_is_asked_for_counts_its_occurrences()
    {
        var lose = new LosePackets(100) { Limits = new(ToModule: false, Host: "a.example", Times: 2) };
        _faults.Begin(lose, null, TimeSpan.Zero);
        _faults.Find<LosePackets>("1", "a.example", toModule: true).ShouldBeNull();
        _faults.Find<LosePackets>("1", "b.example", toModule: false).ShouldBeNull();
        _faults.Find<LosePackets>("1", toModule: false).ShouldBeNull("it is for no host but one");
        _faults.Strike<LosePackets>("1", "a.example", toModule: false).ShouldBe(lose);
        _faults.Strike<LosePackets>("1", "a.example", toModule: false).ShouldBe(lose);
        _faults.Strike<LosePackets>("1", "a.example", toModule: false).ShouldBeNull("it has occurred twice");
        _faults.End(lose, place: null, null);
    }

    [Fact]
    public void A_host_that_refuses_a_few_times_is_not_down()
    {
        _faults.Begin(new RefuseConnections { Limits = new(Times: 1) }, null, TimeSpan.Zero);
        _faults.IsDown("a.example").ShouldBeFalse();
        _faults.Strike<RefuseConnections>("1", "a.example").ShouldNotBeNull();
        _faults.Has<RefuseConnections>("1", "a.example").ShouldBeFalse();
    }

    [Fact]
    public void The_last_fault_of_name_resolution_counts()
    {
        _faults.StrikeDns("1", "a.example").ShouldBeNull();
        _faults.Begin(new FailDns(), null, TimeSpan.Zero);
        _faults.Begin(new FailDns(true) { Limits = new(Host: "a.example") }, null, TimeSpan.Zero);
        _faults.StrikeDns("1", "a.example").ShouldBe(new FailDns(true) { Limits = new(Host: "a.example") });
        _faults.StrikeDns("1", "b.example").ShouldBe(new FailDns());
        _faults.Begin(new EmptyDns { Limits = new(Host: "b.example") }, null, TimeSpan.Zero);
        _faults.StrikeDns("1", "b.example").ShouldBe(new EmptyDns { Limits = new(Host: "b.example") });
    }
}
