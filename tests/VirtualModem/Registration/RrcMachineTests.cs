using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Tests.Registration;

public class RrcMachineTests
{
    private static TimeSpan S(double seconds) => TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));

    [Fact]
    public void A_packet_within_ten_seconds_goes_at_once()
    {
        var rrc = new RrcMachine(new ModemParameters());
        rrc.Connect(S(1));
        rrc.Uplink(S(10.9)).ShouldBe(S(10.9));
        rrc.Uplink(S(20.8)).ShouldBe(S(20.8));
    }

    [Fact]
    public void The_first_packet_after_ten_quiet_seconds_waits_and_those_behind_it_too()
    {
        var rrc = new RrcMachine(new ModemParameters());
        rrc.Connect(S(1));
        rrc.StateAt(S(11)).ShouldBe(RrcState.Idle);
        rrc.Uplink(S(11)).ShouldBe(S(11.62));
        rrc.StateAt(S(11.3)).ShouldBe(RrcState.Connecting);
        rrc.Uplink(S(11.3)).ShouldBe(S(11.62));
        rrc.Downlink(S(11.7)).ShouldBe(S(11.7));
    }

    [Fact]
    public void A_downlink_packet_out_of_idle_waits_for_paging()
    {
        var rrc = new RrcMachine(new ModemParameters());
        rrc.Connect(S(0));
        rrc.Downlink(S(12)).ShouldBe(S(12.64));
    }
}
