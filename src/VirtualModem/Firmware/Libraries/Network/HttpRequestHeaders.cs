using System.Globalization;

using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>The header lines of one <c>http.request</c>, in the order in which <c>next</c> gives them.</summary>
internal sealed class HttpRequestHeaders
{
    private readonly List<byte> _bytes = [];

    public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);

    public bool HasHost { get; private set; }

    /// <summary>The script's table: what has no name or value is left out.</summary>
    public void Add(in LuaCall call, LuaTable table)
    {
        LuaValue key = default;
        while (table.Next(key, out key, out var value))
        {
            if (TextOf(call.State, key) is not { } name)
            {
                throw NullPointer.Error(call, "http.request with a header whose name is no text");
            }

            HasHost |= name.ToString() is "Host" or "host";
            if (name.ToString() != "Content-Length") Add(name, TextOf(call.State, value));
            // The name became a string in its place, which is no key of the table.
            if (key.IsNumber) throw new LuaException("invalid key to 'next'");
        }
    }

    public void AddLength(int length) => Add(LuaString.FromText("Content-Length"),
        LuaString.FromText(length.ToString(CultureInfo.InvariantCulture)));

    private void Add(LuaString name, LuaString? value)
    {
        if (name.Length == 0 || value is null || value.Length == 0) return;
        _bytes.AddRange(name.Span);
        _bytes.AddRange(": "u8);
        _bytes.AddRange(value.Span);
        _bytes.AddRange("\r\n"u8);
    }

    /// <summary>As C reads it: up to the first zero.</summary>
    private static LuaString? TextOf(LuaState state, in LuaValue value)
    {
        var text = value.AsString ?? (value.IsNumber ? state.NumberToString(value) : null);
        return text is null ? null : LuaText.CText(text);
    }
}
