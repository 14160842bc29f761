using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>
/// <c>protobuf</c>: four functions of lua-protobuf, without its options
/// (L:components/serialization/protobuf/luat_lib_protobuf.c).
/// </summary>
internal static class ProtobufLibrary
{
    /// <summary>sizeof(lpb_State): the userdata that holds what was loaded.</summary>
    private const int StateBytes = 936;

    private const string StateName = "pb.State";

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("protobuf")
        .Add("clear", Clear)
        .Add("load", Load)
        .Add("encode", Encode)
        .Add("decode", Decode);

    private static ProtoSchema SchemaOf(in LuaCall call)
    {
        var registry = call.State.Registry;
        if (registry[StateName].AsUserdata is { Payload: ProtoSchema known }) return known;
        var schema = new ProtoSchema(call.Host<FirmwareHost>().SystemHeap);
        registry[StateName] = call.State.NewUserdata(schema, metatable: null, StateBytes);
        return schema;
    }

    /// <summary>A string, and no number.</summary>
    private static LuaString Text(in LuaCall call, int index) => call[index].AsString ?? throw call.ArgumentError(
        index, $"string/buffer/slice expected, got {(index > call.Count ? "no value" : call[index].TypeName)}");

    private static ProtoType TypeOf(in LuaCall call, ProtoSchema schema)
    {
        var name = Text(call, 1);
        return schema.Find(name) ??
            throw call.ArgumentError(1, $"type '{name.ToMessage()}' does not exists");
    }

    private static int Load(in LuaCall call)
    {
        var schema = SchemaOf(call);
        var data = Text(call, 1);
        call.State.Charge(data.Length);
        var loader = new ProtoLoader(data.Memory);
        var isLoaded = loader.TryLoad(schema);
        return call.Return(isLoaded, loader.At + 1);
    }

    /// <summary>All, one type, or one field of a type by its name or number.</summary>
    private static int Clear(in LuaCall call)
    {
        var schema = SchemaOf(call);
        if (call[1].IsNil)
        {
            schema.Clear();
            return call.Return();
        }

        var type = schema.Find(Text(call, 1));
        if (call[2].IsNil)
        {
            type?.Clear();
            return call.Return();
        }

        var field = call.State.TryToInteger(call[2], out var number)
            ? type?.Tags[unchecked((int)number)]
            : type?.Field(Text(call, 2));
        if (field is not null) type!.Remove(field);
        return call.Return();
    }

    private static int Encode(in LuaCall call)
    {
        var schema = SchemaOf(call);
        var type = TypeOf(call, schema);
        var table = call.Table(2);
        schema.Writer.Reset();
        new ProtoEncoder(call, schema.Writer).Encode(type, table);
        var text = call.State.NewString(schema.Writer.ToArray());
        schema.Writer.Reset();
        return call.Return(text);
    }

    /// <summary>Into the third argument, where it is a table.</summary>
    private static int Decode(in LuaCall call)
    {
        var schema = SchemaOf(call);
        var data = call[2].IsNil ? LuaString.Empty : Text(call, 2);
        var type = TypeOf(call, schema);
        var table = call[3].AsTable ?? ProtoDecoder.NewTable(call.State, type);
        var decoder = new ProtoDecoder(call, data);
        decoder.Decode(type, table);
        return call.Return(table);
    }
}
