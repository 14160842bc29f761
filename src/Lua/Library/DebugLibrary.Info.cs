using AirHil.Lua.Compile;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>debug.getinfo.</summary>
internal static partial class DebugLibrary
{
    private const string AllOptions = "flnStu";

    private static int GetInfo(in LuaCall call)
    {
        var thread = Target(call, out var skipped);
        var machine = (LuaMachine)call.State;
        var options = call.StringOrNull(skipped + 2)?.ToMessage() ?? AllOptions;
        CallInfo? frame = null;
        LuaValue function;
        if (call[skipped + 1].AsFunction is { } given) function = given;
        else
        {
            frame = LuaMachine.FrameAt(thread, Level(call, skipped + 1));
            if (frame is null) return call.Return(LuaValue.Nil);
            function = LuaMachine.FunctionOf(thread, frame);
        }

        var info = call.State.NewTable();
        foreach (var option in options)
        {
            switch (option)
            {
                case 'S':
                    AddSource(info, function);
                    break;
                case 'l':
                    info["currentline"] = frame is null ? -1 : LuaMachine.LineOf(frame);
                    break;
                case 'u':
                    AddParameters(info, function);
                    break;
                case 'n':
                    var named = frame is null ? null : LuaMachine.CallName(thread, frame);
                    info["namewhat"] = named?.Kind ?? "";
                    if (named is not null) info["name"] = named.Value.Name;
                    break;
                case 't':
                    info["istailcall"] = frame is not null && (frame.Flags & FrameFlags.Tail) != 0;
                    break;
                case 'f':
                    info["func"] = function;
                    break;
                case 'L':
                    if (ActiveLines(machine, function) is { } lines) info["activelines"] = lines;
                    break;
                default:
                    throw call.ArgumentError(skipped + 2, "invalid option");
            }
        }

        return call.Return(info);
    }

    private static void AddSource(LuaTable info, in LuaValue function)
    {
        if (function.O is not LuaClosure { Code.Prototype: var prototype })
        {
            info["source"] = "=[C]";
            info["short_src"] = "[C]";
            info["linedefined"] = -1;
            info["lastlinedefined"] = -1;
            info["what"] = "C";
            return;
        }

        info["source"] = (LuaValue)prototype.Source;
        info["short_src"] = LuaCompiler.ShortSource(prototype.Source);
        info["linedefined"] = prototype.LineDefined;
        info["lastlinedefined"] = prototype.LastLineDefined;
        info["what"] = prototype.LineDefined == 0 ? "main" : "Lua";
    }

    private static void AddParameters(LuaTable info, in LuaValue function)
    {
        var closure = function.O as LuaClosure;
        info["nups"] = closure?.Upvalues.Length ?? (function.O is NativeClosure ? 1 : 0);
        info["nparams"] = closure?.Code.Prototype.ParameterCount ?? 0;
        info["isvararg"] = closure?.Code.Prototype.IsVararg ?? true;
    }

    private static LuaTable? ActiveLines(LuaMachine machine, in LuaValue function)
    {
        if (function.O is not LuaClosure closure) return null;
        var lines = machine.NewTable();
        foreach (var line in closure.Code.Prototype.Lines) lines[line] = LuaValue.True;
        return lines;
    }
}
