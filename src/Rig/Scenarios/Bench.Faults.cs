using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Service;

namespace AirHil.Rig.Scenarios;

/// <content>Faults: their begins and ends. The end of one of several equal faults ends that one.</content>
public sealed partial class Bench
{
    /// <summary>The faults that act, in the order in which they began.</summary>
    private readonly List<BeginFault> _acting = [];

    /// <summary>A fault begins; with a duration it ends by itself as time passes.</summary>
    /// <param name="modem">Whose link it acts on (network faults only); null: all.</param>
    public ValueTask Begin(Fault fault, TimeSpan? duration = null, string? modem = null) =>
        Do(new BeginFault(fault, duration) { Modem = modem });

    private void Begin(BeginFault begin)
    {
        var (fault, modem) = (begin.Fault, begin.Modem);
        if (!fault.IsMoment)
        {
            // A record of its own, so that it can be told from an equal one.
            var acting = begin with { };
            _acting.Add(acting);
            if (begin.For is { } duration) _pending.Add(Now + duration, new PendingActs.Ending(acting));
        }

        if (fault is UartFault line) _lines.Begin(line);
        Tell(begin, at => new FaultBegan(at, fault) { Modem = modem ?? "" }, fault switch
        {
            NetworkFault network => new NetworkInput.Begin(network, modem),
            ServiceFault service => new ServiceInput.Begin(service),
            UartFault => null,
            _ => throw NobodySuffers(fault),
        });
    }

    /// <summary>The time of a fault is over; unless it was ended before.</summary>
    private void End(BeginFault acting)
    {
        var place = Equal(acting.Fault, acting.Modem).FindIndex(other => ReferenceEquals(other, acting));
        if (place < 0) return;
        End(new EndFault(acting.Fault, place > 0 ? place : null) { Modem = acting.Modem });
    }

    private void End(EndFault end)
    {
        var (fault, place, modem) = (end.Fault, end.Place, end.Modem);
        if (Equal(fault, modem).ElementAtOrDefault(place ?? 0) is { } acting)
        {
            _acting.RemoveAt(_acting.FindIndex(other => ReferenceEquals(other, acting)));
        }

        if (fault is UartFault line) _lines.End(line, place);
        Tell(end, at => new FaultEnded(at, fault, place) { Modem = modem ?? "" }, fault switch
        {
            NetworkFault network => new NetworkInput.End(network, modem, place),
            ServiceFault service => new ServiceInput.End(service, place),
            UartFault => null,
            _ => throw NobodySuffers(fault),
        });
    }

    private List<BeginFault> Equal(Fault fault, string? modem) =>
        _acting.FindAll(begun => begun.Fault == fault && begun.Modem == modem);

    private static NotSupportedException NobodySuffers(Fault fault) =>
        new($"the fault '{fault}' acts on nothing that is on the bench");
}
