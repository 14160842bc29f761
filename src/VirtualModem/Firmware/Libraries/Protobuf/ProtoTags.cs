namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>
/// The fields of a type by number, in the order in which the firmware's hash table holds them: it is the order in which
/// defaults are set in a decoded table (L:components/serialization/protobuf/pb.h, hash table).
/// </summary>
internal sealed class ProtoTags
{
    private const int SmallestTable = 8;
    private const uint Multiplier = 2654435761;

    private Entry[] _entries = [];
    private int _free;
    private bool _hasZero;

    private struct Entry
    {
        public int Key;
        public int Next; // places ahead; 0: the last of its chain
        public ProtoField? Field;
    }

    /// <summary>Entries that the table has room for.</summary>
    public int Room => _entries.Length;

    /// <summary>The fields in the table's order.</summary>
    public IEnumerable<ProtoField> Fields
    {
        get
        {
            if (_hasZero && _entries[0].Field is { } zero) yield return zero;
            for (var i = 1; i < _entries.Length; i++)
            {
                if (_entries[i].Key != 0 && _entries[i].Field is { } other) yield return other;
            }
        }
    }

    public ProtoField? this[int number]
    {
        get => Find(number) is >= 0 and var at ? _entries[at].Field : null;
        set
        {
            var at = Find(number);
            if (at < 0) at = NewKey(number);
            _entries[at].Field = value;
        }
    }

    /// <summary>Takes a field out; its place is not used again before the table grows.</summary>
    public void Remove(ProtoField field)
    {
        if (Find(field.Number) is not (>= 0 and var at) || !ReferenceEquals(_entries[at].Field, field)) return;
        _entries[at].Key = 0;
        _entries[at].Field = null;
    }

    private int Find(int key)
    {
        if (_entries.Length == 0) return -1;
        if (key == 0) return _hasZero ? 0 : -1;
        for (var at = PlaceOf(key); ; at += _entries[at].Next)
        {
            if (_entries[at].Key == key) return at;
            if (_entries[at].Next == 0) return -1;
        }
    }

    /// <summary>The place that a number wants; place 0 belongs to number 0.</summary>
    private int PlaceOf(int key)
    {
        var place = (int)(unchecked((uint)key * Multiplier) & (uint)(_entries.Length - 1));
        return key != 0 && place == 0 ? 1 : place;
    }

    private int NewKey(int key)
    {
        if (_entries.Length == 0) Grow();
        var at = 0;
        if (key == 0) _hasZero = true;
        else if (_entries[at = PlaceOf(key)].Key != 0)
        {
            var free = FreePlace();
            if (free < 0)
            {
                Grow();
                return NewKey(key);
            }

            at = MakeRoom(at, free);
        }

        _entries[at].Key = key;
        _entries[at].Field = null;
        return at;
    }

    /// <summary>An entry that stands where it did not want to moves; else the new one goes to the free place.</summary>
    private int MakeRoom(int at, int free)
    {
        var owner = PlaceOf(_entries[at].Key);
        if (owner != at)
        {
            while (owner + _entries[owner].Next != at) owner += _entries[owner].Next;
            _entries[owner].Next = free - owner;
            _entries[free] = _entries[at];
            if (_entries[at].Next != 0)
            {
                _entries[free].Next += at - free;
                _entries[at].Next = 0;
            }

            return at;
        }

        if (_entries[at].Next != 0) _entries[free].Next = at - free + _entries[at].Next;
        _entries[at].Next = free - at;
        return free;
    }

    private int FreePlace()
    {
        while (_free > 1)
        {
            _free--;
            if (_entries[_free].Key == 0 && _entries[_free].Next == 0) return _free;
        }

        return -1;
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[Math.Max(SmallestTable, old.Length * 2)];
        _free = _entries.Length;
        foreach (var entry in old) _entries[NewKey(entry.Key)].Field = entry.Field;
    }
}
