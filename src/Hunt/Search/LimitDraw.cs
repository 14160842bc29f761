using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Hunt.Search;

/// <summary>
/// Limits some of the faults that are drawn: to one of the hosts, names, UARTs and directions that the run without
/// faults met, or to their first few occurrences.
/// </summary>
/// <param name="answersOnUart">Something on a UART answers the module, so that what the module sends there counts.
/// </param>
internal sealed class LimitDraw(bool answersOnUart)
{
    /// <summary>One in so many faults has a limit that it could have.</summary>
    private const int Rareness = 6;
    private const int MostTimes = 5;
    private readonly SortedSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<int> _ports = [];

    /// <summary>Learns from an event of the run without faults.</summary>
    public void Feed(SessionEvent happened)
    {
        if (happened is DnsAsked asked && IsWord(asked.Host)) _names.Add(asked.Host);
        if (happened is IConnected { Connection.Host: var host } && IsWord(host)) _hosts.Add(host);
        if (happened is UartIn uart) _ports.Add(uart.Port);
    }

    /// <summary>Whether a phrase can tell it: a script may ask for any text as a name.</summary>
    private static bool IsWord(string host) =>
        host is not ("" or "for" or "uart") && !host.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    /// <summary>
    /// The act, or the same with a fault that is limited; noise comes to a UART that something came to.
    /// </summary>
    /// <param name="time">How long a fault lasts that has no moment any more.</param>
    public Act Draw(SplitMix64 draw, Act act, TimeSpan time)
    {
        if (act is WriteUart noise && _ports.Count > 0) return noise with { Port = One(_ports) };
        if (act is not BeginFault { Fault: var fault } begin || fault.Accepts == LimitKinds.None) return act;
        var limits = fault.Limits;
        var isUart = fault is UartFault;
        var hosts = fault is DnsFault ? _names : _hosts;
        if (IsDrawn(LimitKinds.Host, hosts.Count > 1)) limits = limits with { Host = One(hosts) };
        if (IsDrawn(LimitKinds.Port, _ports.Count > 1)) limits = limits with { Port = One(_ports) };
        if (IsDrawn(LimitKinds.Times, true)) limits = limits with { Times = 1 + draw.Below(MostTimes) };
        if (IsDrawn(LimitKinds.Direction, !isUart || answersOnUart))
        {
            limits = limits with { ToModule = !isUart && draw.Below(2) == 0 };
        }

        fault = fault with { Limits = limits };
        return begin with { Fault = fault, For = fault.IsMoment ? null : begin.For ?? time };

        bool IsDrawn(LimitKinds kind, bool isMet) =>
            isMet && fault.Accepts.HasFlag(kind) && draw.Below(Rareness) == 0;

        T One<T>(SortedSet<T> of) => of.ElementAt(draw.Below(of.Count));
    }
}
