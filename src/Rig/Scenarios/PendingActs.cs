namespace AirHil.Rig.Scenarios;

/// <summary>What is to be done later, by time and then by order of arrival.</summary>
internal sealed class PendingActs
{
    private readonly PriorityQueue<Func<Bench, ValueTask>, (TimeSpan At, long Order)> _acts = new();
    private long _order;

    public void Add(TimeSpan at, Func<Bench, ValueTask> act) => _acts.Enqueue(act, (at, _order++));

    /// <summary>When the next is due; null: nothing is pending.</summary>
    public TimeSpan? Next => _acts.TryPeek(out _, out var due) ? due.At : null;

    public Func<Bench, ValueTask> Take() => _acts.Dequeue();
}
