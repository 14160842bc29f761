namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>What a field holds, with the numbers of FieldDescriptorProto.Type.</summary>
internal enum ProtoKind
{
    None,
    Double,
    Float,
    Int64,
    Uint64,
    Int32,
    Fixed64,
    Fixed32,
    Bool,
    String,
    Group,
    Message,
    Bytes,
    Uint32,
    Enum,
    Sfixed32,
    Sfixed64,
    Sint32,
    Sint64,
}
