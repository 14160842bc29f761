using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>What the loop reads and writes of its operands; each is compiled into it.</summary>
internal sealed partial class Machine<TNumber>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref LuaValue Rk(ref LuaValue r, ref LuaValue k, uint operand) =>
        ref operand >= Instruction.ConstantBit
            ? ref Unsafe.Add(ref k, (nint)(operand - Instruction.ConstantBit))
            : ref Unsafe.Add(ref r, (nint)operand);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UpValue UpvalueAt(LuaClosure closure, uint index) =>
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(closure.Upvalues), (nint)index);

    /// <summary>Copies a value; the reference, whose store has a cost, only where it differs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ref LuaValue target, ref LuaValue source)
    {
        var o = source.O;
        target.N = source.N;
        if (!ReferenceEquals(target.O, o)) target.O = o;
    }

    /// <summary>Reads a field that is there, in the array or under a text; false: it is another case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryGet(ref LuaValue indexed, ref LuaValue key, ref LuaValue target)
    {
        if (indexed.O is not LuaTable table) return false;
        if (ReferenceEquals(key.O, LuaValue.IntegerTag))
        {
            var array = table.Array;
            var index = (ulong)(key.N - 1);
            if (index >= (ulong)array.Length) return false;
            ref var slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), (nint)index);
            if (slot.O is null) return false;
            Copy(ref target, ref slot);
            return true;
        }

        if (key.O is LuaString name)
        {
            ref var slot = ref table.FindString(name);
            if (Unsafe.IsNullRef(ref slot) || slot.O is null) return false;
            Copy(ref target, ref slot);
            return true;
        }

        return false;
    }

    /// <summary>
    /// Writes a field that is there, or in the array of a table without metatable; false: it is another case.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySet(ref LuaValue indexed, ref LuaValue key, ref LuaValue value)
    {
        if (indexed.O is not LuaTable table) return false;
        if (ReferenceEquals(key.O, LuaValue.IntegerTag))
        {
            var array = table.Array;
            var index = (ulong)(key.N - 1);
            if (index >= (ulong)array.Length) return false;
            ref var slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), (nint)index);
            if (slot.O is null && table.Metatable is not null) return false;
            Copy(ref slot, ref value);
            return true;
        }

        if (key.O is LuaString name)
        {
            ref var slot = ref table.FindString(name);
            if (Unsafe.IsNullRef(ref slot) || slot.O is null) return false;
            Copy(ref slot, ref value);
            return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool BothIntegers(ref LuaValue a, ref LuaValue b) =>
        ReferenceEquals(a.O, LuaValue.IntegerTag) && ReferenceEquals(b.O, LuaValue.IntegerTag);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool BothFloats(ref LuaValue a, ref LuaValue b) =>
        ReferenceEquals(a.O, LuaValue.FloatTag) && ReferenceEquals(b.O, LuaValue.FloatTag);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetInteger(ref LuaValue target, long value)
    {
        target.O = LuaValue.IntegerTag;
        target.N = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetFloat(ref LuaValue target, double value)
    {
        target.O = LuaValue.FloatTag;
        target.N = BitConverter.DoubleToInt64Bits(TNumber.Round(value));
    }

    /// <summary>Two numbers as floats of the model.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreNumbers(ref LuaValue a, ref LuaValue b, out double x, out double y)
    {
        x = ToFloat(ref a);
        y = ToFloat(ref b);
        return a.IsNumber && b.IsNumber;
    }

    /// <summary>A number as a float of the model: a large integer loses digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ToFloat(ref LuaValue value) =>
        ReferenceEquals(value.O, LuaValue.IntegerTag) ? TNumber.Round(value.N) : value.AsFloat;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Remainder(long a, long b) => TNumber.Bits == 32 ? (int)a % (int)b : a % b;

    /// <summary>luaO_fb2int: the size hints of a table constructor.</summary>
    private static int FloatingByte(int x) => x < 8 ? x : ((x & 7) + 8) << ((x >> 3) - 1);
}
