namespace AirHil.Rig.Comparison;

/// <summary>Events that wait for their counterparts; it can be looked into.</summary>
internal sealed class EventQueue
{
    private ComparedEvent[] _items = new ComparedEvent[16];
    private int _head;

    public int Count { get; private set; }

    public ref readonly ComparedEvent this[int index] => ref _items[(_head + index) & (_items.Length - 1)];

    public void Add(in ComparedEvent e)
    {
        if (Count == _items.Length)
        {
            var larger = new ComparedEvent[_items.Length * 2];
            for (var i = 0; i < Count; i++) larger[i] = this[i];
            (_items, _head) = (larger, 0);
        }

        _items[(_head + Count++) & (_items.Length - 1)] = e;
    }

    public ComparedEvent Take()
    {
        var taken = _items[_head];
        _items[_head] = default;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return taken;
    }
}
