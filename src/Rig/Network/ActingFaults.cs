using AirHil.Modem.Faults;
using AirHil.Rig.Faults;

namespace AirHil.Rig.Network;

/// <summary>The faults of the network that act now, each on one modem or on all.</summary>
public sealed class ActingFaults
{
    private readonly List<ActingNetworkFault> _all = [];

    /// <summary>When one of them changes; null: none does. The loop asks at every step.</summary>
    internal TimeSpan? NextChange { get; private set; }

    /// <summary>Whether a name in a fault stands for that modem or host; null stands for all.</summary>
    public static bool IsFor(string? named, string actual) =>
        named is null || string.Equals(named, actual, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a fault of that kind acts on what passes between the modem and the host.</summary>
    /// <param name="host">"": no host.</param>
    public bool Has<T>(string modem, string host = "")
        where T : NetworkFault => Find<T>(modem, host) is not null;

    /// <summary>
    /// The fault of that kind that acts on the modem and the host, of several the one that began last; null: none does.
    /// </summary>
    /// <param name="host">"": no host.</param>
    /// <param name="toModule">The direction that is asked for; null: any.</param>
    public T? Find<T>(string modem, string host = "", bool? toModule = null)
        where T : NetworkFault => Search<T>(modem, host, toModule)?.Now as T;

    /// <summary>As <see cref="Find{T}"/>, and it occurs: what happens once counts as one time.</summary>
    /// <param name="text">The text of a message that is asked for.</param>
    public T? Strike<T>(string modem, string host = "", bool? toModule = null, string text = "")
        where T : NetworkFault
    {
        var found = Search<T>(modem, host, toModule, text);
        found?.Occur();
        return found?.Now as T;
    }

    /// <summary>
    /// The last fault of name resolution that acts on the modem and the host, and it occurs; null: there is none.
    /// </summary>
    public DnsFault? StrikeDns(string modem, string host)
    {
        var last = _all.FindLast(f => f is { IsSpent: false, Fault: DnsFault } && IsMeant(f, modem, host));
        last?.Occur();
        return last?.Fault as DnsFault;
    }

    /// <summary>The host refuses every connection of all modems.</summary>
    public bool IsDown(string host) => _all.Exists(
        f => f is { Modem: null, Fault: RefuseConnections { Limits.Times: null } down } && down.Limits.IsFor(host));

    internal void Begin(NetworkFault fault, string? modem, TimeSpan now)
    {
        _all.Add(new(fault, modem, now));
        FindNextChange();
    }

    /// <summary>Those that change by then do.</summary>
    internal void MoveTo(TimeSpan now)
    {
        foreach (var acting in _all)
        {
            if (acting.Next <= now) acting.MoveTo(now);
        }

        FindNextChange();
    }

    /// <summary>One of equal value occurs.</summary>
    internal void Strike(NetworkFault fault, string? modem) =>
        _all.FindLast(f => f.Fault == fault && f.Modem == modem)?.Occur();

    /// <inheritdoc cref="ActingFaultList.End"/>
    internal void End(NetworkFault fault, int? place, string? modem)
    {
        _all.End(fault, place, modem);
        FindNextChange();
    }

    private void FindNextChange() => NextChange = _all.Min(f => f.Next);

    private ActingNetworkFault? Search<T>(string modem, string host, bool? toModule, string text = "")
    {
        return _all.FindLast(acting => acting is { IsSpent: false, Now: T } && IsMeant(acting, modem, host)
            && (toModule is not { } direction || acting.Fault.Limits.IsFor(direction))
            && text.Contains(acting.Fault.Limits.Text ?? "", StringComparison.Ordinal));
    }

    private static bool IsMeant(ActingNetworkFault acting, string modem, string host) =>
        IsFor(acting.Modem, modem) && acting.Fault.Limits.IsFor(host);
}
