using AirHil.Lua.Memory;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>A Lua function with its upvalues.</summary>
internal sealed class LuaClosure(FunctionCode code, UpValue[] upvalues) : LuaFunction
{
    public readonly FunctionCode Code = code;
    public readonly UpValue[] Upvalues = upvalues;

    internal override long SizeIn(HeapSizes sizes) => sizes.Closure(Upvalues.Length);
}
