using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>What all parts of a network share: its time, hosts, acting faults and outputs.</summary>
public sealed class NetworkState
{
    private readonly Queue<NetworkOutput> _outputs = new();
    private readonly HashSet<string> _hinted = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The run's time.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Names and addresses of the run's own hosts.</summary>
    public HostTable Hosts { get; } = new();

    public ActingFaults Faults { get; } = new();

    /// <summary>Time passes; it does not go back.</summary>
    public void MoveTo(TimeSpan now)
    {
        if (now > Now) Now = now;
    }

    /// <summary>Nothing passes between the modem and the network.</summary>
    public bool IsCutOff(ModemAir air) => !air.IsRadioOn || !air.IsCovered || Faults.Has<BlackHole>(air.Modem);

    /// <summary>Nothing passes between the modem and the host; "" is no host.</summary>
    public bool IsBlocked(ModemAir air, string host) =>
        IsCutOff(air) || host.Length == 0 || Faults.Has<SilentHost>(air.Modem, host);

    public void ToModem(ModemAir air, AirEvent happened) =>
        _outputs.Enqueue(new NetworkOutput.ToModem(air.Modem, happened));

    public void ToService(ServiceInput input) => _outputs.Enqueue(new NetworkOutput.ToService(input));

    public void Record(ModemAir air, SessionEvent happened) => Record(air.Modem, happened);

    public void Record(string modem, SessionEvent happened) => Record(happened.Of(modem));

    public void Record(SessionEvent happened) => _outputs.Enqueue(new NetworkOutput.Recorded(happened));

    /// <summary>A modem asked for a name that no service has: said once for each name.</summary>
    /// <returns>Whether it was said now.</returns>
    public bool Hint(string modem, AirRequest.ResolveHost query)
    {
        if (!_hinted.Add(query.Host)) return false;
        _outputs.Enqueue(new NetworkOutput.UnknownHost(modem, query.Host, query.Service));
        return true;
    }

    internal bool TryTake(out NetworkOutput output) => _outputs.TryDequeue(out output!);
}
