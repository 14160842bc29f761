namespace AirHil.VirtualModem.Displays;

/// <summary>One thing that the driver of a display does on its wires.</summary>
internal abstract record LcdWrite
{
    /// <summary>A command byte with the data line low, and its data behind it with the line high.</summary>
    internal sealed record Command(byte Code, ReadOnlyMemory<byte> Data = default) : LcdWrite;

    /// <summary>Bytes; the data line stays as it is.</summary>
    internal sealed record Bytes(ReadOnlyMemory<byte> Data, bool IsLogged = false) : LcdWrite;

    /// <summary>A pin becomes an output, or changes its level.</summary>
    internal sealed record Pin(int Number, bool Level, bool IsSetup = false) : LcdWrite;

    /// <summary>The processor makes so many bytes of pixels in memory; they go nowhere yet.</summary>
    internal sealed record Work(long Amount) : LcdWrite
    {
        public static Work Dot { get; } = new(2);
    }

    /// <summary>The Lua task sleeps.</summary>
    internal sealed record Pause(int Milliseconds) : LcdWrite;
}
