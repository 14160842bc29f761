using AirHil.Modem.Faults;

namespace AirHil.Rig.Network;

/// <summary>The faults of the network that act now, each on one modem or on all.</summary>
public sealed class ActingFaults
{
    private readonly List<(NetworkFault Fault, string? Modem)> _all = [];

    /// <summary>Whether a name in a fault stands for that modem or host; null stands for all.</summary>
    public static bool IsFor(string? named, string actual) =>
        named is null || string.Equals(named, actual, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the fault acts on that modem.</summary>
    public bool Has<T>(string modem)
        where T : NetworkFault => Find<T>(modem) is not null;

    /// <summary>The first fault of that kind that acts on the modem; null: there is none.</summary>
    public T? Find<T>(string modem)
        where T : NetworkFault
    {
        foreach (var (fault, target) in _all)
        {
            if (fault is T found && IsFor(target, modem)) return found;
        }

        return null;
    }

    /// <summary>The last fault of name resolution that acts on the modem and the host; null: there is none.</summary>
    public DnsFault? DnsFault(string modem, string host)
    {
        DnsFault? last = null;
        foreach (var (fault, target) in _all)
        {
            if (fault is DnsFault dns && IsFor(target, modem) && IsFor(dns.Host, host)) last = dns;
        }

        return last;
    }

    /// <summary>The host answers nothing that comes from the modem.</summary>
    public bool IsSilent(string modem, string host)
    {
        foreach (var (fault, target) in _all)
        {
            if (fault is SilentHost silent && IsFor(target, modem) && IsFor(silent.Host, host)) return true;
        }

        return false;
    }

    /// <summary>The host refuses the modem's connections.</summary>
    public bool IsRefused(string modem, string host)
    {
        foreach (var (fault, target) in _all)
        {
            if (fault is RefuseConnections down && IsFor(target, modem) && IsFor(down.Host, host)) return true;
        }

        return false;
    }

    /// <summary>The host refuses the connections of all modems.</summary>
    public bool IsDown(string host)
    {
        foreach (var (fault, target) in _all)
        {
            if (fault is RefuseConnections down && target is null && IsFor(down.Host, host)) return true;
        }

        return false;
    }

    internal void Begin(NetworkFault fault, string? modem) => _all.Add((fault, modem));

    /// <summary>The first fault of equal value ends; without one nothing happens.</summary>
    internal void End(NetworkFault fault, string? modem) => _all.Remove((fault, modem));
}
