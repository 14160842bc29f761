using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using AirHil.Lua.Memory;

namespace AirHil.Lua.Values;

/// <summary>
/// A Lua table with the structure of PUC-Rio 5.3's ltable.c: an array part, and a chained scatter table with Brent's
/// variation whose free slots are taken from the end. The order of <c>pairs</c> and the border of the length operator
/// follow from that structure, so it is kept to the letter.
/// </summary>
public sealed partial class LuaTable : LuaObject
{
    private const int MaxArrayBits = 26;

    private static readonly Node[] NoNodes = new Node[1];

    private readonly LuaHeap? _heap;
    internal LuaValue[] Array = [];
    internal Node[] Nodes = NoNodes;

    /// <summary>
    /// A set bit says that the metamethod of that number is absent; cleared by every write of a string key.
    /// </summary>
    internal uint AbsentMetamethods;

    private LuaTable? _metatable;
    private int _lastFree;

    internal LuaTable(LuaHeap? heap) => _heap = heap;

    internal struct Node
    {
        public LuaValue Value;
        public LuaValue Key;

        /// <summary>Distance to the next node of the chain; 0 at its end.</summary>
        public int Next;
    }

    public override LuaType Type => LuaType.Table;

    /// <summary>The metatable, without the bookkeeping of <c>setmetatable</c> for <c>__gc</c>.</summary>
    public LuaTable? Metatable
    {
        get => _metatable;
        set => _metatable = value;
    }

    /// <summary>The border that the length operator gives (luaH_getn).</summary>
    public long Length
    {
        get
        {
            var array = Array;
            var high = (uint)array.Length;
            if (high > 0 && array[high - 1].IsNil)
            {
                var low = 0u;
                while (high - low > 1)
                {
                    var middle = (low + high) / 2;
                    if (array[middle - 1].IsNil) high = middle;
                    else low = middle;
                }

                return low;
            }

            return IsDummy ? high : UnboundSearch(high);
        }
    }

    internal bool IsDummy => ReferenceEquals(Nodes, NoNodes);

    internal int HashSize => IsDummy ? 0 : Nodes.Length;

    /// <summary>Raw access; a nil value removes the field.</summary>
    /// <exception cref="LuaException">The key of an assignment is nil or NaN.</exception>
    public LuaValue this[in LuaValue key]
    {
        get => Get(key);
        set
        {
            if (key.IsNil && value.IsNil) return;
            Set(key, value);
        }
    }

    public LuaValue this[string key] { get => this[(LuaValue)key]; set => this[(LuaValue)key] = value; }

    public LuaValue this[long index] { get => GetInteger(index); set => SetInteger(index, value); }

    /// <summary>
    /// The entry after <paramref name="key"/> (nil: the first) in the module's order; false at the end.
    /// </summary>
    /// <exception cref="LuaException">"invalid key to 'next'".</exception>
    public bool Next(in LuaValue key, out LuaValue nextKey, out LuaValue value)
    {
        var i = FindIndex(key);
        for (; i < Array.Length; i++)
        {
            if (Array[i].IsNil) continue;
            nextKey = LuaValue.Integer(i + 1);
            value = Array[i];
            return true;
        }

        for (i -= Array.Length; i < Nodes.Length; i++)
        {
            ref var node = ref Nodes[i];
            if (node.Value.IsNil) continue;
            nextKey = node.Key;
            value = node.Value;
            return true;
        }

        nextKey = default;
        value = default;
        return false;
    }

    // ---- writes ----

    internal void Set(in LuaValue key, in LuaValue value)
    {
        if (key.IsInteger)
        {
            SetInteger(key.N, value);
            return;
        }

        if (key.O is LuaString) AbsentMetamethods = 0;
        ref var slot = ref Find(key);
        if (!Unsafe.IsNullRef(ref slot)) slot = value;
        else NewKey(key, value);
    }

    internal void SetInteger(long key, in LuaValue value)
    {
        ref var slot = ref FindInteger(key);
        if (!Unsafe.IsNullRef(ref slot)) slot = value;
        else NewKey(LuaValue.Integer(key), value);
    }

    /// <summary>Inserts a key that is not there (luaH_newkey).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void NewKey(LuaValue key, in LuaValue value)
    {
        if (key.IsFloat)
        {
            if (TryFloatToInteger(key.AsFloat, out var integer)) key = LuaValue.Integer(integer);
            else if (double.IsNaN(key.AsFloat)) throw new LuaException("table index is NaN");
        }
        else if (key.IsNil) throw new LuaException("table index is nil");

        var main = MainIndex(key);
        if (IsDummy || !Nodes[main].Value.IsNil)
        {
            var free = TakeFree();
            if (free < 0)
            {
                Rehash(key);
                Set(key, value);
                return;
            }

            var nodes = Nodes;
            var other = MainIndex(nodes[main].Key);
            if (other != main)
            {
                while (other + nodes[other].Next != main) other += nodes[other].Next;
                nodes[other].Next = free - other;
                nodes[free] = nodes[main];
                if (nodes[main].Next != 0)
                {
                    nodes[free].Next += main - free;
                    nodes[main].Next = 0;
                }

                nodes[main].Value = default;
            }
            else
            {
                nodes[free].Next = nodes[main].Next != 0 ? main + nodes[main].Next - free : 0;
                nodes[main].Next = free - main;
                main = free;
            }
        }

        Nodes[main].Key = key;
        Nodes[main].Value = value;
    }

    /// <summary>luaH_resize: sets the sizes of both parts and inserts everything again.</summary>
    /// <exception cref="LuaException">"not enough memory".</exception>
    internal void Resize(int arraySize, int hashSize)
    {
        var logarithm = hashSize == 0 ? 0 : CeilingLog2((uint)hashSize);
        if (logarithm > MaxArrayBits || arraySize > 1 << MaxArrayBits) throw LuaException.NotEnoughMemory();
        var nodeCount = hashSize == 0 ? 0 : 1 << logarithm;
        if (_heap is { HasBlocks: true }) ResizeBlocks(_heap, arraySize, nodeCount);
        else if (_heap is not null) Recharge(_heap, arraySize, nodeCount);
        var oldArray = Array;
        var oldNodes = Nodes;
        Nodes = nodeCount == 0 ? NoNodes : new Node[nodeCount];
        _lastFree = nodeCount;
        if (arraySize != oldArray.Length)
        {
            var array = arraySize == 0 ? [] : new LuaValue[arraySize];
            System.Array.Copy(oldArray, array, Math.Min(arraySize, oldArray.Length));
            Array = array;
            for (var i = arraySize; i < oldArray.Length; i++)
            {
                if (!oldArray[i].IsNil) SetInteger(i + 1, oldArray[i]);
            }
        }

        for (var i = oldNodes.Length - 1; i >= 0; i--)
        {
            ref var node = ref oldNodes[i];
            if (!node.Value.IsNil) Set(node.Key, node.Value);
        }
    }

    internal void ResizeArray(int arraySize) => Resize(arraySize, HashSize);

    private void Rehash(in LuaValue extraKey)
    {
        Span<int> counts = stackalloc int[33];
        counts.Clear();
        var inArray = CountArray(counts);
        var total = inArray;
        var nodes = Nodes;
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            if (nodes[i].Value.IsNil) continue;
            inArray += CountInteger(nodes[i].Key, counts);
            total++;
        }

        inArray += CountInteger(extraKey, counts);
        total++;
        var arraySize = ComputeSizes(counts, ref inArray);
        Resize(arraySize, total - inArray);
    }

    private int CountArray(Span<int> counts)
    {
        var total = 0;
        var i = 1;
        var limit = 1L;
        for (var power = 0; power <= MaxArrayBits + 1; power++, limit *= 2)
        {
            var end = limit;
            if (end > Array.Length)
            {
                end = Array.Length;
                if (i > end) break;
            }

            var count = 0;
            for (; i <= end; i++)
            {
                if (!Array[i - 1].IsNil) count++;
            }

            counts[power] += count;
            total += count;
        }

        return total;
    }

    private static int CountInteger(in LuaValue key, Span<int> counts)
    {
        if (!key.IsInteger || key.N < 1 || key.N > 1L << MaxArrayBits) return 0;
        counts[CeilingLog2((uint)key.N)]++;
        return 1;
    }

    private static int ComputeSizes(Span<int> counts, ref int inArray)
    {
        var accumulated = 0;
        var used = 0;
        var optimal = 0;
        var power = 1L;
        for (var i = 0; i < 31 && inArray > power / 2; i++, power *= 2)
        {
            if (counts[i] <= 0) continue;
            accumulated += counts[i];
            if (accumulated <= power / 2) continue;
            optimal = (int)power;
            used = accumulated;
        }

        inArray = used;
        return optimal;
    }

    private int TakeFree()
    {
        if (IsDummy) return -1;
        while (_lastFree > 0)
        {
            _lastFree--;
            if (Nodes[_lastFree].Key.IsNil) return _lastFree;
        }

        return -1;
    }

    // ---- positions ----

    private ref Node MainNode(in LuaValue key) => ref Nodes[MainIndex(key)];

    private int MainIndex(in LuaValue key)
    {
        var size = Nodes.Length;
        switch (key.O)
        {
            case LuaString text:
                return (int)text.Hash & (size - 1);
            case LuaObject obj:
                return (int)((_heap?.AddressOf(obj) ?? obj.Address) % (uint)((size - 1) | 1));
        }

        if (key.IsInteger) return (int)key.N & (size - 1);
        if (key.IsFloat) return (int)(HashFloat(key.AsFloat) % (uint)((size - 1) | 1));
        return ReferenceEquals(key.O, LuaValue.TrueTag) ? 1 & (size - 1) : 0;
    }

    /// <summary>l_hashfloat: mantissa times 2^31 plus exponent.</summary>
    private static uint HashFloat(double value)
    {
        if (!double.IsFinite(value)) return 0;
        var exponent = 0;
        if (value != 0)
        {
            exponent = Math.ILogB(value) + 1;
            value = Math.ScaleB(value, -exponent);
        }

        var sum = (uint)exponent + (uint)(long)(value * 2147483648.0);
        return sum <= int.MaxValue ? sum : ~sum;
    }

    private int FindIndex(in LuaValue key)
    {
        if (key.IsNil) return 0;
        if (key.IsInteger && (ulong)(key.N - 1) < (ulong)Array.Length) return (int)key.N;

        // A float that is an integer is no key that a traversal gives: it is sought as a float, as luaH_next does.
        ref var slot = ref key.IsFloat ? ref FindInChain(key) : ref Find(key);
        if (Unsafe.IsNullRef(ref slot)) throw new LuaException("invalid key to 'next'");
        ref var first = ref Unsafe.As<Node, LuaValue>(ref MemoryMarshal.GetArrayDataReference(Nodes));
        var node = (int)(Unsafe.ByteOffset(ref first, ref slot) / Unsafe.SizeOf<Node>());
        return node + 1 + Array.Length;
    }

    private long UnboundSearch(ulong j)
    {
        var i = j;
        j++;
        while (!GetInteger((long)j).IsNil)
        {
            i = j;
            if (j > long.MaxValue / 2)
            {
                i = 1;
                while (!GetInteger((long)i).IsNil) i++;
                return (long)(i - 1);
            }

            j *= 2;
        }

        while (j - i > 1)
        {
            var middle = (i + j) / 2;
            if (GetInteger((long)middle).IsNil) j = middle;
            else i = middle;
        }

        return (long)i;
    }

    private static int CeilingLog2(uint value) =>
        value <= 1 ? 0 : 32 - System.Numerics.BitOperations.LeadingZeroCount(value - 1);

    /// <summary>A float key that is an integer is that integer; in 32 bits floats outside int32 stay floats.</summary>
    private bool TryFloatToInteger(double value, out long integer)
    {
        var limit =
            _heap is { Sizes: var sizes } && ReferenceEquals(sizes, HeapSizes.Bits32)
                ? 2147483648.0
                : 9223372036854775808.0;
        if (value >= -limit && value < limit && Math.Floor(value) == value)
        {
            integer = (long)value;
            return true;
        }

        integer = 0;
        return false;
    }
}
