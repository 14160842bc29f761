using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary><c>json</c> as V1112 has it: it never raises, failures come back as values (reference §8).</summary>
internal static class JsonLibrary
{
    private const int LongestFormat = 7;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("json")
        .Add("encode", Encode)
        .Add("decode", Decode)
        .Add("null", LightUserdata.Null);

    private static int Encode(in LuaCall call)
    {
        if (call.Count > 0 && call[1].IsNil) return call.Return(LuaString.Empty);
        // Without an argument the firmware finds its own encoder on the stack and refuses to encode that.
        if (call.Count == 0) return call.ReturnFailure("Cannot serialise function: type not supported");
        try
        {
            var encoder = new JsonEncoder(call.State, FloatFormat(call));
            encoder.Append(call[1], depth: 0);
            var text = encoder.ToArray();
            call.State.Charge(text.Length / 4);
            return call.Return(call.State.NewString(text));
        }
        catch (JsonException failure)
        {
            return call.ReturnFailure(failure.Message);
        }
        catch (LuaException failure)
        {
            return call.Return(default, failure.Value);
        }
    }

    /// <summary>
    /// The format for floats: "%.7f", or the second argument where it can be one ("3f", "6g", "%.2f").
    /// </summary>
    private static string FloatFormat(in LuaCall call)
    {
        var mode = call[2].AsString ?? (call[2].IsNumber ? call.State.NumberToString(call[2]) : null);
        if (mode is null || mode.Length is < 2 or > LongestFormat) return "%.7f";
        var text = mode.ToString();
        if (text[^1] is not ('f' or 'g')) return "%.7f";
        return text[0] == '%' ? text : "%." + text;
    }

    private static int Decode(in LuaCall call)
    {
        var state = call.State;
        var text =
            call.Count == 1 ? call[1].AsString ?? (call[1].IsNumber ? state.NumberToString(call[1]) : null) : null;
        if (text is null)
        {
            var reason = call.Count == 1
                ? $"string expected, got {state.TypeNameForError(call[1], absent: false)}" : "expected 1 argument";
            return call.Return(default, false, $"bad argument #1 to '?' ({reason})");
        }

        try
        {
            state.Charge(text.Length / 4);
            return call.Return(new JsonDecoder(state, text.Memory).Decode(), 1);
        }
        catch (JsonException failure)
        {
            return call.Return(default, false, failure.Message);
        }
        catch (LuaException failure)
        {
            return call.Return(default, false, failure.Value);
        }
    }
}
