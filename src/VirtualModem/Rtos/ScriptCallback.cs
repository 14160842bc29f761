using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Rtos;

/// <summary>A function of the script that C code keeps (luaL_ref) until another one takes its place.</summary>
internal sealed class ScriptCallback
{
    private int? _reference;

    /// <summary>Nil: there is none.</summary>
    public LuaValue Function { get; private set; }

    /// <param name="state">The script's.</param>
    /// <param name="function">Null: none from now on.</param>
    public void Replace(LuaState state, LuaFunction? function)
    {
        if (_reference is { } old) state.Release(old);
        _reference = function is null ? null : state.Reference(function);
        Function = function;
    }
}
