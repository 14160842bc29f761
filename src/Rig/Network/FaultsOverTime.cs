using AirHil.Modem.Faults;

namespace AirHil.Rig.Network;

/// <summary>The faults that change while they act: each is what it is now among the acting faults.</summary>
internal sealed class FaultsOverTime(ActingFaults acting)
{
    private readonly List<Change> _all = [];

    /// <summary>When one of them changes; null: none does.</summary>
    public TimeSpan? Next { get; private set; }

    public void Begin(ChangingFault fault, string? modem, TimeSpan now)
    {
        var change = new Change(fault, modem, now);
        _all.Add(change);
        Move(change, now);
        Plan();
    }

    /// <summary>The first of equal value ends; without one nothing happens.</summary>
    public void End(ChangingFault fault, string? modem)
    {
        var place = _all.FindIndex(c => c.Fault == fault && c.Modem == modem);
        if (place < 0) return;
        if (_all[place].Now is { } last) acting.End(last, modem);
        _all.RemoveAt(place);
        Plan();
    }

    /// <summary>Those that change by then do.</summary>
    public void MoveTo(TimeSpan now)
    {
        foreach (var change in _all)
        {
            if (change.Next <= now) Move(change, now);
        }

        Plan();
    }

    private void Move(Change change, TimeSpan now)
    {
        var elapsed = now - change.Began;
        if (change.Now is { } last) acting.End(last, change.Modem);
        change.Now = change.Fault.Now(elapsed);
        if (change.Now is { } fault) acting.Begin(fault, change.Modem);
        change.Next = change.Began + change.Fault.NextChange(elapsed);
    }

    private void Plan() => Next = _all.Min(c => c.Next);

    private sealed class Change(ChangingFault fault, string? modem, TimeSpan began)
    {
        public ChangingFault Fault { get; } = fault;

        public string? Modem { get; } = modem;

        public TimeSpan Began { get; } = began;

        public NetworkFault? Now { get; set; }

        public TimeSpan? Next { get; set; }
    }
}
