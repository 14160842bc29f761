using AirHil.Modem.Faults;
using AirHil.Rig.Network;

namespace AirHil.Rig.Tests.Network;

public sealed class ActingFaultsTests
{
    private readonly ActingFaults _faults = new();

    [Fact]
    public void A_fault_acts_on_its_modem_or_on_all()
    {
        _faults.Begin(new BlackHole(), "1");
        _faults.Has<BlackHole>("1").ShouldBeTrue();
        _faults.Has<BlackHole>("2").ShouldBeFalse();
        _faults.Has<DropCoverage>("1").ShouldBeFalse();
        _faults.Begin(new BlackHole(), null);
        _faults.Has<BlackHole>("2").ShouldBeTrue();
    }

    [Fact]
    public void The_first_of_equal_faults_ends()
    {
        _faults.Begin(new BlackHole(), "1");
        _faults.Begin(new BlackHole(), "1");
        _faults.End(new BlackHole(), "1");
        _faults.Has<BlackHole>("1").ShouldBeTrue();
        _faults.End(new BlackHole(), "1");
        _faults.Has<BlackHole>("1").ShouldBeFalse();
        _faults.End(new BlackHole(), "1");
    }

    [Fact]
    public void Hosts_are_silent_refuse_or_are_down_by_name_in_any_case()
    {
        var down = new RefuseConnections("b.example");
        _faults.Begin(new SilentHost("a.example"), "1");
        _faults.Begin(down, "1");
        _faults.IsSilent("1", "A.Example").ShouldBeTrue();
        _faults.IsSilent("1", "b.example").ShouldBeFalse();
        _faults.IsSilent("2", "a.example").ShouldBeFalse();
        _faults.IsRefused("1", "b.example").ShouldBeTrue();
        _faults.IsRefused("1", "a.example").ShouldBeFalse();
        _faults.IsDown("b.example").ShouldBeFalse("it refuses one modem only");
        _faults.Begin(down, null);
        _faults.IsDown("b.example").ShouldBeTrue();
    }

    [Fact]
    public void The_last_fault_of_name_resolution_counts()
    {
        _faults.DnsFault("1", "a.example").ShouldBeNull();
        _faults.Begin(new FailDns(null, Silence: false), null);
        _faults.Begin(new FailDns("a.example", Silence: true), null);
        _faults.DnsFault("1", "a.example").ShouldBe(new FailDns("a.example", Silence: true));
        _faults.DnsFault("1", "b.example").ShouldBe(new FailDns(null, Silence: false));
        _faults.Begin(new EmptyDns("b.example"), null);
        _faults.DnsFault("1", "b.example").ShouldBe(new EmptyDns("b.example"));
    }
}
