using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>The coroutine library of Lua 5.3.</summary>
internal static class CoroutineLibrary
{
    private static readonly LuaString Suspended = LuaString.FromText("suspended");
    private static readonly LuaString Running = LuaString.FromText("running");
    private static readonly LuaString Normal = LuaString.FromText("normal");
    private static readonly LuaString Dead = LuaString.FromText("dead");
    private static readonly NativeBody WrapBody = static (in LuaCall _) => LuaCall.Wraps;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("coroutine")
        .Add("create", static (in LuaCall call) => call.Return(call.State.NewThread(call.Function(1))))
        .Add("resume", Resume)
        .Add("running", static (in LuaCall call) => call.Return(call.Thread, call.State.IsMain(call.Thread)))
        .Add("status", Status)
        .Add("wrap", Wrap)
        .Add("yield", static (in LuaCall _) => LuaCall.Yields)
        .Add("isyieldable", static (in LuaCall call) => call.Return(call.State.CanYield));

    private static int Resume(in LuaCall call)
    {
        Coroutine(call);
        return LuaCall.Resumes;
    }

    private static int Wrap(in LuaCall call)
    {
        var thread = call.State.NewThread(call.Function(1));
        return call.Return(call.State.NewNativeClosure("coroutine.wrap", WrapBody, thread));
    }

    private static int Status(in LuaCall call) => call.Return(Coroutine(call).Status switch
    {
        ThreadStatus.Suspended => Suspended,
        ThreadStatus.Running => Running,
        ThreadStatus.Normal => Normal,
        _ => Dead,
    });

    private static LuaThread Coroutine(in LuaCall call) =>
        call[1].O as LuaThread ?? throw call.ArgumentError(1, "thread expected");
}
