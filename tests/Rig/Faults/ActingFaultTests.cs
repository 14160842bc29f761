using AirHil.Modem.Faults;
using AirHil.Rig.Faults;

namespace AirHil.Rig.Tests.Faults;

public sealed class ActingFaultTests
{
    [Fact]
    public void A_fault_is_spent_when_it_has_occurred_as_often_as_it_may()
    {
        var acting = new ActingFault<FailDns>(new FailDns { Limits = new(Times: 2) });
        acting.Occur();
        acting.IsSpent.ShouldBeFalse();
        acting.Occur();
        acting.IsSpent.ShouldBeTrue();
    }

    [Fact]
    public void Without_a_number_it_is_never_spent()
    {
        var acting = new ActingFault<FailDns>(new FailDns());
        for (var i = 0; i < 10; i++) acting.Occur();
        acting.IsSpent.ShouldBeFalse();
    }
}
