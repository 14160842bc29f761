using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// Access and comparison with metamethods for routines: each method either has the answer, or gives the step whose
/// result is it.
/// </summary>
internal static class TableAccess
{
    /// <summary>MAXTAGLOOP of PUC-Rio.</summary>
    private const int LongestChain = 2000;

    private static readonly LuaString IndexName = MetamethodNames.Of(Metamethod.Index);
    private static readonly LuaString NewIndexName = MetamethodNames.Of(Metamethod.NewIndex);
    private static readonly LuaString LengthName = MetamethodNames.Of(Metamethod.Len);
    private static readonly LuaString LessName = MetamethodNames.Of(Metamethod.Lt);

    /// <summary>Whether a table's fields can be read and written without a look at its metatable.</summary>
    public static bool IsPlain(LuaTable table) =>
        table.Metatable is not { } metatable ||
        (metatable[(LuaValue)IndexName].IsNil && metatable[(LuaValue)NewIndexName].IsNil &&
         metatable[(LuaValue)LengthName].IsNil);

    /// <summary>Argument <paramref name="index"/> is a table or has the metamethods that stand in for one.</summary>
    public static void Check(in LuaCall call, int index, bool read, bool write, bool length)
    {
        var value = call[index];
        if (value.AsTable is not null || value.AsUserdata is LuaLibrary && !write) return;
        var fits = call.State.GetMetatable(value) is { } metatable &&
            (!read || !metatable[(LuaValue)IndexName].IsNil) &&
            (!write || !metatable[(LuaValue)NewIndexName].IsNil) &&
            (!length || !metatable[(LuaValue)LengthName].IsNil);
        if (!fits) throw call.TypeError(index, "table");
    }

    public static bool TryIndex(
        LuaState state, LuaValue target, in LuaValue key, out LuaValue value, out NativeStep call)
    {
        call = default;
        for (var i = 0; i < LongestChain; i++)
        {
            if (target.AsUserdata is LuaLibrary library)
            {
                value = library[key];
                return true;
            }

            LuaTable? metatable;
            if (target.AsTable is { } table)
            {
                value = table[key];
                if (!value.IsNil || table.Metatable is null) return true;
                metatable = table.Metatable;
            }
            else
            {
                value = default;
                metatable = state.GetMetatable(target);
            }

            var handler = metatable is null ? default : metatable[(LuaValue)IndexName];
            if (handler.IsNil)
            {
                if (target.AsTable is not null) return true;
                throw Error($"attempt to index a {state.TypeNameForError(target, false)} value");
            }

            if (handler.AsFunction is not null)
            {
                call = NativeStep.Call(handler, target, key);
                return false;
            }

            target = handler;
        }

        throw Error("'__index' chain too long; possible loop");
    }

    /// <summary>Sets a field; false where <paramref name="call"/> has to do it.</summary>
    public static bool TrySet(
        LuaState state, LuaValue target, in LuaValue key, in LuaValue value, out NativeStep call)
    {
        call = default;
        for (var i = 0; i < LongestChain; i++)
        {
            LuaTable? metatable;
            if (target.AsTable is { } table)
            {
                if (table.Metatable is null || !table[key].IsNil)
                {
                    table[key] = value;
                    return true;
                }

                metatable = table.Metatable;
                if (metatable[(LuaValue)NewIndexName].IsNil)
                {
                    table[key] = value;
                    return true;
                }
            }
            else
            {
                metatable = state.GetMetatable(target);
            }

            var handler = metatable is null ? default : metatable[(LuaValue)NewIndexName];
            if (handler.IsNil) throw Error($"attempt to index a {state.TypeNameForError(target, false)} value");
            if (handler.AsFunction is not null)
            {
                call = NativeStep.Call(handler, target, key, value);
                return false;
            }

            target = handler;
        }

        throw Error("'__newindex' chain too long; possible loop");
    }

    /// <summary>The length operator; its value may be anything, see <see cref="LengthOf"/>.</summary>
    public static bool TryLength(LuaState state, in LuaValue target, out LuaValue length, out NativeStep call)
    {
        call = default;
        length = LuaValue.Integer(0);
        if (target.AsUserdata is LuaLibrary) return true;
        length = default;
        if (target.AsString is { } text)
        {
            length = LuaValue.Integer(text.Length);
            return true;
        }

        var handler = state.GetMetatable(target) is { } metatable ? metatable[(LuaValue)LengthName] : default;
        if (!handler.IsNil)
        {
            call = NativeStep.Call(handler, target, target);
            return false;
        }

        if (target.AsTable is not { } table)
        {
            throw Error($"attempt to get length of a {state.TypeNameForError(target, false)} value");
        }

        length = LuaValue.Integer(table.Length);
        return true;
    }

    /// <summary>What luaL_len makes of the length operator's value.</summary>
    public static long LengthOf(LuaState state, in LuaValue length) =>
        state.TryToInteger(length, out var integer)
            ? integer
            : throw state.ErrorHere("object length is not an integer");

    /// <summary>The operator &lt;; false where the truth of <paramref name="call"/>'s result is the answer.</summary>
    public static bool TryLess(LuaState state, in LuaValue a, in LuaValue b, out bool less, out NativeStep call)
    {
        call = default;
        less = false;
        if (a.IsNumber && b.IsNumber)
        {
            less = Less(a, b);
            return true;
        }

        if (a.AsString is { } left && b.AsString is { } right)
        {
            less = left.CompareTo(right) < 0;
            return true;
        }

        var handler = state.MetaField(a, LessName);
        if (handler.IsNil) handler = state.MetaField(b, LessName);
        if (handler.IsNil)
        {
            var (first, second) = (state.TypeNameForError(a, false), state.TypeNameForError(b, false));
            throw Error(first == second
                ? $"attempt to compare two {first} values"
                : $"attempt to compare {first} with {second}");
        }

        call = NativeStep.Call(handler, a, b);
        return false;
    }

    public static bool Less(in LuaValue a, in LuaValue b) => (a.IsInteger, b.IsInteger) switch
    {
        (true, true) => a.AsInteger < b.AsInteger,
        (true, false) => NumberCompare.Less(a.AsInteger, b.AsFloat),
        (false, true) => NumberCompare.Less(a.AsFloat, b.AsInteger),
        _ => a.AsFloat < b.AsFloat,
    };

    /// <summary>An error of the machine below a native function has no position (luaG_runerror).</summary>
    private static LuaException Error(string message) => new(LuaString.FromText(message));
}
