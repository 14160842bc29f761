using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>The basic functions of Lua 5.3 with the 5.1 names that the module keeps (reference §1.4).</summary>
internal static partial class BaseLibrary
{
    private static readonly NativeFunction LibraryNextFunction = new("next", LibraryNext);
    private static readonly NativeFunction IpairsStepFunction =
        new("ipairs_aux", IpairsStep) { WalksArrays = true };

    private static readonly NativeFunction ToStringFunction = new("tostring", ToText);
    private static readonly LuaString AssertionFailed = LuaString.FromText("assertion failed!");
    private static readonly LuaString ToStringGlobal = LuaString.FromText("tostring");

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("_G")
        .Add("assert", Assert)
        .Add("collectgarbage", CollectGarbage)
        .Add("dofile", DoFile)
        .Add("error", Error)
        .Add("getmetatable", GetMetatable)
        .Add("ipairs", Ipairs)
        .Add("loadfile", LoadFile)
        .Add("load", Load)
        .Add("loadstring", Load)
        .Add("next", (LuaValue)TableWalk.NextFunction)
        .Add("pairs", Pairs)
        .Add("pcall", ProtectedCall)
        .Add("print", Print)
        .Add("rawequal", RawEqual)
        .Add("rawlen", RawLength)
        .Add("rawget", RawGet)
        .Add("rawset", RawSet)
        .Add("select", Select)
        .Add("setmetatable", SetMetatable)
        .Add("tonumber", ToNumber)
        .Add("tostring", (LuaValue)ToStringFunction)
        .Add("type", TypeOf)
        .Add("xpcall", HandledCall);

    private static int Assert(in LuaCall call)
    {
        if (call.Truthy(1)) return call.Count; // as luaB_assert, which pushes nothing
        call.Any(1);
        // It goes on as error with level 1, so a text gets the position (lbaselib.c, luaB_assert).
        return Raise(call, call.Count < 2 ? AssertionFailed : call[2], level: 1);
    }

    private static int Error(in LuaCall call) => Raise(call, call[1], (int)call.IntegerOr(2, 1));

    private static int Raise(in LuaCall call, LuaValue value, int level)
    {
        if (value.O is LuaString text && level > 0)
        {
            var where = System.Text.Encoding.UTF8.GetBytes(call.State.Where(level));
            value = call.State.NewString([.. where, .. text.Span]);
        }

        return call.Raise(value);
    }

    private static int ProtectedCall(in LuaCall call)
    {
        call.Any(1);
        return LuaCall.ProtectedCalls;
    }

    private static int HandledCall(in LuaCall call)
    {
        call.Function(2);
        return LuaCall.HandledCalls;
    }

    private static int GetMetatable(in LuaCall call)
    {
        var value = call.Any(1);
        if (value.O is LuaLibrary) return call.Return(LuaValue.False);
        if (call.State.GetMetatable(value) is not { } metatable) return call.Return(LuaValue.Nil);
        var shown = metatable.GetString(MetamethodNames.Metatable);
        return call.Return(shown.IsNil ? metatable : shown);
    }

    private static int SetMetatable(in LuaCall call)
    {
        var table = call.Table(1);
        if (!call[2].IsNil && call[2].AsTable is null || call.Count < 2)
        {
            throw call.ArgumentError(2, "nil or table expected");
        }

        if (!call.State.MetaField(table, MetamethodNames.Metatable).IsNil)
        {
            throw call.Error("cannot change a protected metatable");
        }

        call.State.SetMetatable(table, call[2].AsTable);
        return call.Return(table);
    }

    private static int RawEqual(in LuaCall call) => call.Return(call.Any(1).RawEquals(call.Any(2)));

    private static int RawLength(in LuaCall call) => call[1].O switch
    {
        LuaTable table => call.Return(LuaValue.Integer(table.Length)),
        LuaString text => call.Return(LuaValue.Integer(text.Length)),
        _ => throw call.ArgumentError(1, "table or string expected"),
    };

    private static int RawGet(in LuaCall call)
    {
        var table = call.Table(1);
        return call.Return(table[call.Any(2)]);
    }

    private static int RawSet(in LuaCall call)
    {
        var table = call.Table(1);
        call.Any(2);
        call.Any(3);
        table.Set(call[2], call[3]);
        return call.Return(table);
    }

    private static int TypeOf(in LuaCall call)
    {
        if (call.Count == 0) throw call.ArgumentError(1, "value expected");
        return call.Return(Texts.OfType(call[1].Type));
    }

    private static int Select(in LuaCall call)
    {
        if (call[1].O is LuaString { Length: > 0 } text && text[0] == (byte)'#')
        {
            return call.Return(LuaValue.Integer(call.Count - 1));
        }

        var index = call.Integer(1);
        if (index < 0) index = call.Count + index;
        else if (index > call.Count) index = call.Count;
        if (index < 1) throw call.ArgumentError(1, "index out of range");
        var count = call.Count - (int)index;
        for (var i = call.Count - count + 1; i <= call.Count; i++) call.State.Push(call.Thread, call[i]);
        return count;
    }

    // ---- iteration ----

    private static int LibraryNext(in LuaCall call)
    {
        var library = (LuaLibrary)call[1].O!;
        return library.Next(call[2], out var key, out var value) ? call.Return(key, value) : call.Return(LuaValue.Nil);
    }

    private static int Pairs(in LuaCall call)
    {
        var value = call.Any(1);
        var handler = call.State.MetaField(value, MetamethodNames.Pairs);
        if (!handler.IsNil) return call.Continue(frame => PairsByMeta(frame, handler));
        if (value.O is LuaLibrary) return call.Return(LibraryNextFunction, value, LuaValue.Nil);
        return call.Return(TableWalk.NextFunction, value, LuaValue.Nil);
    }

    private static IEnumerator<NativeStep> PairsByMeta(NativeFrame frame, LuaValue handler)
    {
        yield return NativeStep.Call(handler, frame.Arguments[0]);
        frame.Return(frame.Result(0), frame.Result(1), frame.Result(2));
    }

    private static int Ipairs(in LuaCall call) => call.Return(IpairsStepFunction, call.Any(1), LuaValue.Integer(0));

    private static int IpairsStep(in LuaCall call)
    {
        var index = call.State.Numbers.Wrap(call.Integer(2) + 1);
        if (call[1].O is LuaTable table)
        {
            var value = table.GetInteger(index);
            if (!value.IsNil) return call.Return(LuaValue.Integer(index), value);
            if (table.Metatable is null) return call.Return(LuaValue.Nil);
        }

        return call.Continue(frame => IpairsByIndex(frame, index));
    }

    private static IEnumerator<NativeStep> IpairsByIndex(NativeFrame frame, long index)
    {
        if (!TableAccess.TryIndex(
            frame.State, frame.Arguments[0], LuaValue.Integer(index), out var value, out var step))
        {
            yield return step;
            value = frame.Result(0);
        }

        if (value.IsNil) frame.Return(LuaValue.Nil);
        else frame.Return(LuaValue.Integer(index), value);
    }

    // ---- text ----

    private static int ToText(in LuaCall call)
    {
        var value = call.Any(1);
        if (PlainText(call.State, value) is { } text) return call.Return(text);
        return call.Continue(TextByMeta);
    }

    /// <summary>The text of a value that has no <c>__tostring</c>; null where it has one.</summary>
    private static LuaString? PlainText(LuaState state, in LuaValue value)
    {
        if (value.O is LuaString text) return text;
        if (!state.MetaField(value, MetamethodNames.ToStringName).IsNil) return null;
        if (value.O is LuaObject obj && state.MetaField(value, MetamethodNames.Name).AsString is { } name)
        {
            return LuaString.FromText(((LuaMachine)state).ObjectText(name.ToMessage(), obj));
        }

        return state.ToText(value);
    }

    private static IEnumerator<NativeStep> TextByMeta(NativeFrame frame)
    {
        var value = frame.Arguments[0];
        yield return NativeStep.Call(frame.State.MetaField(value, MetamethodNames.ToStringName), value);
        if (frame.Result(0).O is not LuaString && !frame.Result(0).IsNumber)
        {
            throw frame.State.ErrorHere("'__tostring' must return a string");
        }

        frame.Return(frame.Result(0).IsNumber ? frame.State.NumberToString(frame.Result(0)) : frame.Result(0));
    }

    private static int Print(in LuaCall call)
    {
        var printer = call.State.Printer ?? throw call.Error("print is not available");
        var texts = new LuaString[call.Count];
        var plain = ReferenceEquals(call.State.Globals.GetString(ToStringGlobal).O, ToStringFunction);
        for (var i = 0; plain && i < texts.Length; i++)
        {
            if (PlainText(call.State, call[i + 1]) is { } text) texts[i] = text;
            else plain = false;
        }

        if (!plain) return call.Continue(PrintByMeta);
        foreach (var text in texts) call.State.ChargeBytes(text.Length);
        printer(texts);
        return 0;
    }

    private static IEnumerator<NativeStep> PrintByMeta(NativeFrame frame)
    {
        var texts = new LuaString[frame.Arguments.Length];
        var convert = frame.State.Globals.GetString(ToStringGlobal);
        for (var i = 0; i < texts.Length; i++)
        {
            yield return NativeStep.Call(convert, frame.Arguments[i]);
            var result = frame.Result(0);
            texts[i] = result.AsString
                ?? (result.IsNumber
                    ? frame.State.NumberToString(result)
                    : throw frame.State.ErrorHere("'tostring' must return a string to 'print'"));
            frame.State.ChargeBytes(texts[i].Length);
        }

        frame.State.Printer!(texts);
    }

    private static int ToNumber(in LuaCall call)
    {
        if (call[2].IsNil)
        {
            var value = call.Any(1);
            return call.Return(call.State.TryToNumber(value, out var number) ? number : LuaValue.Nil);
        }

        var radix = call.Integer(2);
        var numeral = call[1].AsString ?? throw call.TypeError(1, "string");
        if (radix is < 2 or > 36) throw call.ArgumentError(2, "base out of range");
        return call.Return(TryReadInteger(numeral.Span, (int)radix, out var integer)
            ? call.State.Numbers.Integer(integer)
            : LuaValue.Nil);
    }

    private static bool TryReadInteger(ReadOnlySpan<byte> text, int radix, out long value)
    {
        value = 0;
        text = text.Trim(" \f\n\r\t\v"u8);
        var negative = text.Length > 0 && text[0] == (byte)'-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+') text = text[1..];
        if (text.IsEmpty) return false;
        foreach (var c in text)
        {
            var digit = c switch
            {
                >= (byte)'0' and <= (byte)'9' => c - '0',
                >= (byte)'a' and <= (byte)'z' => c - 'a' + 10,
                >= (byte)'A' and <= (byte)'Z' => c - 'A' + 10,
                _ => 36,
            };
            if (digit >= radix) return false;
            value = unchecked((value * radix) + digit);
        }

        if (negative) value = unchecked(-value);
        return true;
    }
}
