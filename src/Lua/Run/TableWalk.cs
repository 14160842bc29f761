using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary><c>next</c> of tables; the machine knows it and walks tables without calling it.</summary>
internal static class TableWalk
{
    public static readonly NativeFunction NextFunction = new("next", Next);

    private static int Next(in LuaCall call)
    {
        var table = call.Table(1);
        return table.Next(call[2], out var key, out var value) ? call.Return(key, value) : call.Return(LuaValue.Nil);
    }
}
