namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>How a value lies in the bytes: the low three bits of its tag.</summary>
internal enum ProtoWire
{
    Varint,
    Bits64,
    Bytes,
    GroupStart,
    GroupEnd,
    Bits32,

    /// <summary>No wire type: of groups and of unknown kinds.</summary>
    None,
}

/// <summary>Kinds and wire types as the firmware relates and names them.</summary>
internal static class ProtoNames
{
    public static ProtoWire WireOf(ProtoKind kind) => kind switch
    {
        ProtoKind.Double or ProtoKind.Fixed64 or ProtoKind.Sfixed64 => ProtoWire.Bits64,
        ProtoKind.Float or ProtoKind.Fixed32 or ProtoKind.Sfixed32 => ProtoWire.Bits32,
        ProtoKind.String or ProtoKind.Message or ProtoKind.Bytes => ProtoWire.Bytes,
        ProtoKind.None or ProtoKind.Group or > ProtoKind.Sint64 => ProtoWire.None,
        _ => ProtoWire.Varint,
    };

    public static string Of(ProtoKind kind) => kind is ProtoKind.None or > ProtoKind.Sint64
        ? "<unknown>"
        : kind.ToString().ToLowerInvariant();

    public static string Of(ProtoWire wire) => wire switch
    {
        ProtoWire.Varint => "varint",
        ProtoWire.Bits64 => "64bit",
        ProtoWire.Bytes => "bytes",
        ProtoWire.GroupStart => "gstart",
        ProtoWire.GroupEnd => "gend",
        ProtoWire.Bits32 => "32bit",
        _ => "<unknown>",
    };
}
