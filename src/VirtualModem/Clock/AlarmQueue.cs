namespace AirHil.VirtualModem.Clock;

/// <summary>
/// The set alarms as a binary heap that knows each alarm's place: set, move and cancel cost a few steps and no memory.
/// Alarms of one time expire in the order in which they were set.
/// </summary>
internal sealed class AlarmQueue
{
    private Alarm[] _heap = new Alarm[16];
    private long _orders;

    public int Count { get; private set; }

    public TimeSpan? NextDue => Count > 0 ? _heap[0].Due : null;

    public void Set(Alarm alarm, TimeSpan due)
    {
        alarm.Due = due;
        alarm.Order = ++_orders;
        if (alarm.Slot < 0)
        {
            if (Count == _heap.Length) Array.Resize(ref _heap, Count * 2);
            alarm.Slot = Count;
            _heap[Count++] = alarm;
        }

        SiftDown(SiftUp(alarm.Slot));
    }

    public void Cancel(Alarm alarm)
    {
        var slot = alarm.Slot;
        if (slot < 0) return;
        alarm.Slot = -1;
        var last = _heap[--Count];
        _heap[Count] = null!;
        if (ReferenceEquals(last, alarm)) return;
        _heap[slot] = last;
        last.Slot = slot;
        SiftDown(SiftUp(slot));
    }

    /// <summary>Cancels all.</summary>
    public void Clear()
    {
        for (var i = 0; i < Count; i++)
        {
            _heap[i].Slot = -1;
            _heap[i] = null!;
        }

        Count = 0;
    }

    /// <summary>Takes the first alarm that is due at <paramref name="now"/>; the caller expires it.</summary>
    public bool TryTakeDue(TimeSpan now, out Alarm alarm)
    {
        if (Count == 0 || _heap[0].Due > now)
        {
            alarm = null!;
            return false;
        }

        alarm = _heap[0];
        Cancel(alarm);
        return true;
    }

    private static bool Before(Alarm a, Alarm b) => a.Due < b.Due || (a.Due == b.Due && a.Order < b.Order);

    private int SiftUp(int slot)
    {
        while (slot > 0)
        {
            var parent = (slot - 1) / 2;
            if (!Before(_heap[slot], _heap[parent])) break;
            Swap(slot, parent);
            slot = parent;
        }

        return slot;
    }

    private void SiftDown(int slot)
    {
        while (true)
        {
            var child = (2 * slot) + 1;
            if (child >= Count) return;
            if (child + 1 < Count && Before(_heap[child + 1], _heap[child])) child++;
            if (!Before(_heap[child], _heap[slot])) return;
            Swap(slot, child);
            slot = child;
        }
    }

    private void Swap(int a, int b)
    {
        (_heap[a], _heap[b]) = (_heap[b], _heap[a]);
        _heap[a].Slot = a;
        _heap[b].Slot = b;
    }
}
