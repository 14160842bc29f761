using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>The debug library of Lua 5.3 without debug.debug, as the module has it (reference §1.4).</summary>
internal static partial class DebugLibrary
{
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("debug")
        .Add("getuservalue", GetUserValue)
        .Add("gethook", GetHook)
        .Add("getinfo", GetInfo)
        .Add("getlocal", GetLocal)
        .Add("getregistry", static (in LuaCall call) => call.Return(call.State.Registry))
        .Add("getmetatable", GetMetatable)
        .Add("getupvalue", GetUpvalue)
        .Add("upvaluejoin", JoinUpvalues)
        .Add("upvalueid", UpvalueId)
        .Add("setuservalue", SetUserValue)
        .Add("sethook", SetHook)
        .Add("setlocal", SetLocal)
        .Add("setmetatable", SetMetatable)
        .Add("setupvalue", SetUpvalue)
        .Add("traceback", Traceback);

    /// <summary>The coroutine that the arguments are about, and how many arguments it takes.</summary>
    private static LuaThread Target(in LuaCall call, out int skipped)
    {
        skipped = call[1].O is LuaThread ? 1 : 0;
        return call[1].O as LuaThread ?? call.Thread;
    }

    private static int GetUserValue(in LuaCall call) =>
        call.Return(call[1].AsUserdata is { } userdata ? userdata.UserValue : LuaValue.Nil);

    private static int SetUserValue(in LuaCall call)
    {
        var userdata = call[1].AsUserdata ?? throw call.TypeError(1, "userdata");
        userdata.UserValue = call.Any(2);
        return call.Return(userdata);
    }

    private static int GetMetatable(in LuaCall call) =>
        call.Return((LuaValue)call.State.GetMetatable(call.Any(1)));

    private static int SetMetatable(in LuaCall call)
    {
        if (!call[2].IsNil && call[2].AsTable is null) throw call.ArgumentError(2, "nil or table expected");
        var machine = (LuaMachine)call.State;
        var metatable = call[2].AsTable;
        switch (call[1].O)
        {
            case LuaLibrary:
                throw call.Error("attempt to change a read-only library");
            case LuaTable or LuaUserdata:
                machine.SetMetatable((LuaObject)call[1].O!, metatable);
                break;
            default:
                machine.SetTypeMetatable(call[1].Type, metatable);
                break;
        }

        return call.Return(call[1]);
    }

    // ---- variables ----

    private static int GetLocal(in LuaCall call)
    {
        var thread = Target(call, out var skipped);
        var number = (int)call.Integer(skipped + 2);
        if (call[skipped + 1].AsFunction is { } function)
        {
            var name = function is LuaClosure closure
                ? VariableNames.Local(closure.Code.Prototype, number, 0)
                : null;
            return call.Return((LuaValue)name);
        }

        var frame = LuaMachine.FrameAt(thread, Level(call, skipped + 1))
            ?? throw call.ArgumentError(skipped + 1, "level out of range");
        var slot = LocalSlot(thread, frame, number, out var local);
        return slot < 0 ? call.Return(LuaValue.Nil) : call.Return(LuaString.FromText(local), thread.Stack[slot]);
    }

    private static int SetLocal(in LuaCall call)
    {
        var thread = Target(call, out var skipped);
        var level = Level(call, skipped + 1);
        var number = (int)call.Integer(skipped + 2);
        var frame = LuaMachine.FrameAt(thread, level) ?? throw call.ArgumentError(skipped + 1, "level out of range");
        var value = call.Any(skipped + 3);
        var slot = LocalSlot(thread, frame, number, out var local);
        if (slot < 0) return call.Return(LuaValue.Nil);
        thread.Stack[slot] = value;
        return call.Return(LuaString.FromText(local));
    }

    private static int Level(in LuaCall call, int index) =>
        (int)Math.Clamp(call.Integer(index), int.MinValue, int.MaxValue);

    private static int LocalSlot(LuaThread thread, CallInfo frame, int number, out string name)
    {
        name = "";
        var limit = ReferenceEquals(frame, thread.Frame) ? thread.Top : frame.Next!.Function;
        if (frame.Kind == FrameKind.Lua)
        {
            var prototype = frame.Closure!.Code.Prototype;
            if (number < 0)
            {
                var extra = frame.Base - frame.Function - 1 - prototype.ParameterCount;
                if (-(long)number > extra) return -1;
                name = "(*vararg)";
                return frame.Function + prototype.ParameterCount - number;
            }

            if (VariableNames.Local(prototype, number, Math.Max(frame.Pc - 1, 0)) is { } local)
            {
                name = local.ToString();
                return frame.Base + number - 1;
            }
        }

        if (number <= 0 || limit - frame.Base < number) return -1;
        name = "(*temporary)";
        return frame.Base + number - 1;
    }

    private static int GetUpvalue(in LuaCall call)
    {
        var index = call.Integer(2);
        var function = call.Function(1);
        if (function is NativeClosure native && index == 1) return call.Return("", native.Bound);
        return TryUpvalue(function, index, out var upvalue, out var name)
            ? call.Return(LuaString.FromText(name), upvalue.Slot)
            : 0;
    }

    private static int SetUpvalue(in LuaCall call)
    {
        var value = call.Any(3);
        var index = call.Integer(2);
        if (!TryUpvalue(call.Function(1), index, out var upvalue, out var name)) return 0;
        upvalue.Slot = value;
        return call.Return(LuaString.FromText(name));
    }

    private static bool TryUpvalue(LuaFunction function, long index, out UpValue upvalue, out string name)
    {
        if (function is LuaClosure closure && index >= 1 && index <= closure.Upvalues.Length)
        {
            upvalue = closure.Upvalues[index - 1];
            name = closure.Code.Prototype.Upvalues[index - 1].Name?.ToString() ?? "(*no name)";
            return true;
        }

        upvalue = null!;
        name = "";
        return false;
    }

    private static int UpvalueId(in LuaCall call)
    {
        var index = call.Integer(2);
        var function = call.Function(1);
        if (function is NativeClosure && index == 1)
        {
            return call.Return(new LightUserdata(((LuaMachine)call.State).Heap.AddressOf(function)));
        }

        if (!TryUpvalue(function, index, out var upvalue, out _))
        {
            throw call.ArgumentError(2, "invalid upvalue index");
        }

        return call.Return(new LightUserdata(((LuaMachine)call.State).Heap.AddressOf(upvalue)));
    }

    private static int JoinUpvalues(in LuaCall call)
    {
        if (!TryUpvalue(call.Function(1), call.Integer(2), out _, out _))
        {
            if (call.Function(1) is not LuaClosure) throw call.ArgumentError(1, "Lua function expected");
            throw call.ArgumentError(2, "invalid upvalue index");
        }

        if (!TryUpvalue(call.Function(3), call.Integer(4), out var source, out _))
        {
            if (call.Function(3) is not LuaClosure) throw call.ArgumentError(3, "Lua function expected");
            throw call.ArgumentError(4, "invalid upvalue index");
        }

        ((LuaClosure)call[1].O!).Upvalues[call.Integer(2) - 1] = source;
        return 0;
    }

    private static int Traceback(in LuaCall call)
    {
        var thread = Target(call, out var skipped);
        var message = call[skipped + 1];
        if (!message.IsNil && message.AsString is null && !message.IsNumber) return call.Return(message);
        var level = (int)call.IntegerOr(skipped + 2, ReferenceEquals(thread, call.Thread) ? 1 : 0);
        var text = message.IsNil ? null : call.String(skipped + 1).ToMessage();
        return call.Return(LuaString.FromText(call.State.Traceback(thread, text, level)));
    }
}
