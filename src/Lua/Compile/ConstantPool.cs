using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>
/// One function's constants. The index of values is shared by all functions of a chunk and remembers only the last
/// place of each, so a function can hold a constant twice after an inner function used it too: so does the reference
/// (addk in lcode.c), and constant numbers decide between RK operands and LOADK.
/// </summary>
internal sealed class ConstantPool(Dictionary<ConstantPool.Key, int> places)
{
    private readonly List<LuaValue> _values = [];

    public LuaValue[] ToArray() => [.. _values];

    public int Nil() => Add(new Key(KeyKind.Nil, 0, null), LuaValue.Nil);
    public int Boolean(bool value) => Add(new Key(KeyKind.Boolean, value ? 1 : 0, null), LuaValue.Boolean(value));
    public int Integer(long value) => Add(new Key(KeyKind.Integer, value, null), LuaValue.Integer(value));
    public int String(LuaString value) => Add(new Key(KeyKind.String, 0, value), value);

    public int Float(double value) =>
        Add(new Key(KeyKind.Float, BitConverter.DoubleToInt64Bits(value), null), LuaValue.Float(value));

    private int Add(Key key, in LuaValue value)
    {
        if (places.TryGetValue(key, out var place) && place < _values.Count && IsSame(_values[place], value))
        {
            return place;
        }

        places[key] = _values.Count;
        _values.Add(value);
        return _values.Count - 1;
    }

    private static bool IsSame(in LuaValue a, in LuaValue b) => a.IsInteger == b.IsInteger && a.RawEquals(b);

    internal enum KeyKind
    {
        Nil,
        Boolean,
        Integer,
        Float,
        String,
    }

    /// <summary>A constant's identity: 1 and 1.0 are two.</summary>
    internal readonly record struct Key(KeyKind Kind, long Number, LuaString? Text)
    {
        public LuaValue Value => Kind switch
        {
            KeyKind.Boolean => LuaValue.Boolean(Number != 0),
            KeyKind.Integer => LuaValue.Integer(Number),
            KeyKind.Float => LuaValue.Float(BitConverter.Int64BitsToDouble(Number)),
            KeyKind.String => Text!,
            _ => LuaValue.Nil,
        };
    }
}
