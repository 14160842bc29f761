using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>debug.sethook and debug.gethook.</summary>
internal static partial class DebugLibrary
{
    private static int SetHook(in LuaCall call)
    {
        var thread = Target(call, out var skipped);
        HookState? hook = null;
        if (!call[skipped + 1].IsNil)
        {
            var mask = call.String(skipped + 2).ToMessage();
            var function = call.Function(skipped + 1);
            var count = unchecked((int)call.IntegerOr(skipped + 3, 0));
            var events = HookEvents.None;
            if (mask.Contains('c', StringComparison.Ordinal)) events |= HookEvents.Call;
            if (mask.Contains('r', StringComparison.Ordinal)) events |= HookEvents.Return;
            if (mask.Contains('l', StringComparison.Ordinal)) events |= HookEvents.Line;
            if (count > 0) events |= HookEvents.Count;
            if (events != HookEvents.None) hook = new HookState(function, events, count);
        }

        ((LuaMachine)call.State).SetHook(thread, hook);
        return 0;
    }

    private static int GetHook(in LuaCall call)
    {
        if (Target(call, out _).Hook is not { } hook)
        {
            return call.Return(LuaValue.Nil, LuaString.Empty, LuaValue.Integer(0));
        }

        var mask = "";
        if ((hook.Events & HookEvents.Call) != 0) mask += 'c';
        if ((hook.Events & HookEvents.Return) != 0) mask += 'r';
        if ((hook.Events & HookEvents.Line) != 0) mask += 'l';
        return call.Return(hook.Function, mask, LuaValue.Integer(hook.Count));
    }
}
