namespace AirHil.VirtualModem.Firmware;

/// <summary>A field of a Lua table that C keeps in a <c>uint8_t</c>.</summary>
internal static class TableByte
{
    /// <summary>The low eight bits of an integer; 0 for anything else, and without a table.</summary>
    public static byte Read(OptionTable? table, string key) => table?[key] switch
    {
        { IsInteger: true } whole => unchecked((byte)whole.AsInteger),
        _ => 0,
    };
}
