using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>A field of a message, or a value of an enum.</summary>
internal sealed class ProtoField(LuaString name, int number)
{
    public LuaString Name { get; } = name;
    public int Number { get; } = number;

    /// <summary>What its values are; 0 for a value of an enum.</summary>
    public ProtoKind Kind { get; set; }

    /// <summary>The message or enum that its values have; null for scalars.</summary>
    public ProtoType? Type { get; set; }

    public LuaString? Default { get; set; }
    public bool IsRepeated { get; set; }
    public bool IsPacked { get; set; }

    /// <summary>The number of the oneof that it belongs to; 0: none.</summary>
    public int Oneof { get; set; }
}
