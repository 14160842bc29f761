using AirHil.Modem.Acts;

namespace AirHil.Rig.Scenarios;

/// <summary>What is to be done later, by time and then by order of arrival.</summary>
internal sealed class PendingActs
{
    private readonly PriorityQueue<Item, (TimeSpan At, long Order)> _acts = new();
    private long _order;

    /// <summary>When the next is due; null: nothing is pending.</summary>
    public TimeSpan? Next => _acts.TryPeek(out _, out var due) ? due.At : null;

    public void Add(TimeSpan at, Item act) => _acts.Enqueue(act, (at, _order++));

    public Item Take() => _acts.Dequeue();

    internal abstract record Item;

    /// <summary>An act that somebody scheduled.</summary>
    internal sealed record Given(Act Act) : Item;

    /// <summary>What an earlier act brings with it: a fault that lasts comes to its end.</summary>
    internal sealed record Consequence(Act Act) : Item;

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
