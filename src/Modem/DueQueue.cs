namespace AirHil.Modem;

/// <summary>Things to do, by time; at one time in the order in which they were put in. A binary heap.</summary>
public sealed class DueQueue<T>
{
    private (long Due, long Order, T Item)[] _heap = new (long, long, T)[16];
    private long _order;

    /// <summary>How many things are to be done.</summary>
    public int Count { get; private set; }

    /// <summary>When the first of them is due; null: there is none.</summary>
    public TimeSpan? Next => Count == 0 ? null : new TimeSpan(_heap[0].Due);

    /// <summary>Puts something in, behind what is due at the same time.</summary>
    public void Add(TimeSpan due, T item)
    {
        if (Count == _heap.Length) Array.Resize(ref _heap, 2 * Count);
        var at = Count++;
        var ticks = due.Ticks;
        while (at > 0)
        {
            // A new entry has the highest order, so only an earlier time lifts it.
            var parent = (at - 1) / 2;
            if (_heap[parent].Due <= ticks) break;
            _heap[at] = _heap[parent];
            at = parent;
        }

        _heap[at] = (ticks, _order++, item);
    }

    /// <summary>Takes the first of them, if it is due by then.</summary>
    public bool TryTakeDue(TimeSpan now, out T item)
    {
        if (Count == 0 || _heap[0].Due > now.Ticks)
        {
            item = default!;
            return false;
        }

        item = _heap[0].Item;
        var last = _heap[--Count];
        _heap[Count] = default;
        if (Count > 0) Sink(last);
        return true;
    }

    private void Sink((long Due, long Order, T Item) entry)
    {
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= Count) break;
            if (child + 1 < Count && IsBefore(_heap[child + 1], _heap[child])) child++;
            if (!IsBefore(_heap[child], entry)) break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = entry;
    }

    private static bool IsBefore(in (long Due, long Order, T Item) one, in (long Due, long Order, T Item) other) =>
        one.Due < other.Due || (one.Due == other.Due && one.Order < other.Order);
}
