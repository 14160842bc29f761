using AirHil.Lua.Memory;

namespace AirHil.Lua.Values;

/// <summary>A full userdata: a host object under a metatable.</summary>
public class LuaUserdata(object? payload, int sizeBytes = 0) : LuaObject
{
    public object? Payload { get; set; } = payload;

    /// <summary>The bytes the module's heap is charged for the block itself, without the header.</summary>
    public int SizeBytes { get; } = sizeBytes;

    public LuaTable? Metatable { get; set; }

    /// <summary>
    /// The value that <c>debug.getuservalue</c> gives; also a way for a host object to keep Lua values alive.
    /// </summary>
    public LuaValue UserValue { get; set; }

    public override LuaType Type => LuaType.Userdata;
    internal override long SizeIn(HeapSizes sizes) => sizes.Userdata + SizeBytes;
}
