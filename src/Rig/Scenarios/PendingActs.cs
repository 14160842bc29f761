using AirHil.Modem;
using AirHil.Modem.Acts;

namespace AirHil.Rig.Scenarios;

/// <summary>
/// What is to be done later, by time and then by order of arrival. The ends of faults come last at their time: between
/// a fault and the next one that begins at its end there is no gap, whenever the next one was scheduled.
/// </summary>
internal sealed class PendingActs
{
    private readonly DueQueue<Item> _acts = new();
    private readonly DueQueue<Item> _ends = new();

    /// <summary>When the next is due; null: nothing is pending.</summary>
    public TimeSpan? Next => IsEndNext ? _ends.Next : _acts.Next;

    private bool IsEndNext => _ends.Next is { } end && !(_acts.Next <= end);

    public void Add(TimeSpan at, Item act) => (act is Ending ? _ends : _acts).Add(at, act);

    /// <exception cref="InvalidOperationException">Nothing is pending.</exception>
    public Item Take() => (IsEndNext ? _ends : _acts).TryTakeDue(TimeSpan.MaxValue, out var act)
        ? act
        : throw new InvalidOperationException("nothing is pending");

    internal abstract record Item;

    /// <summary>An act that somebody scheduled.</summary>
    internal sealed record Given(Act Act) : Item;

    /// <summary>A fault that lasts comes to its end.</summary>
    /// <param name="Of">The very act that began it; another may be equal.</param>
    internal sealed record Ending(BeginFault Of) : Item;

    /// <summary>What an earlier act brings with it: the supply comes back.</summary>
    internal sealed record Consequence(Act Act) : Item;

    /// <summary>From now on an event is waited for, behind which an act is done.</summary>
    internal sealed record Wait(Anchor Anchor, Act Act) : Item;

    /// <summary>The next time of a workload.</summary>
    /// <param name="Number">Counts from 1.</param>
    internal sealed record Count(Repeat Of, int Number) : Item;

    /// <summary>
    /// What is late on a serial line: the second half of a packet that a fault splits, or what was sent before it came.
    /// </summary>
    /// <param name="Pass">Passes the bytes on.</param>
    internal sealed record Late(LateLine Line, ReadOnlyMemory<byte> Bytes, Action<ReadOnlyMemory<byte>> Pass) : Item;

    /// <summary>A packet behind the first one of a stimulus.</summary>
    /// <param name="Due">When, where no packet before it was late.</param>
    internal sealed record Packet(Rest Of, UartStimulus.Packet Content, TimeSpan Due) : Item;

    /// <summary>What the packets of one stimulus share.</summary>
    internal sealed class Rest(int port, string modem)
    {
        public int Port { get; } = port;

        public string Modem { get; } = modem;

        /// <summary>By how much the last packet was late.</summary>
        public TimeSpan Late { get; set; }
    }
}
