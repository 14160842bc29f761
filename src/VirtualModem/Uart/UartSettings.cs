namespace AirHil.VirtualModem.Uart;

internal enum UartParity
{
    None = 0,
    Odd = 1,
    Even = 2,
}

/// <summary>What uart.setup fixes (reference §5.2).</summary>
internal sealed record UartSettings(
    int Baud = 115_200, int DataBits = 8, int StopBits = 1, UartParity Parity = UartParity.None,
    int BufferSize = 1024, bool DropOnLineError = true, Rs485? Direction = null)
{
    public const int SmallestBuffer = 2048;
    public const int LargestBuffer = 8192;

    /// <summary>The size that the driver really takes.</summary>
    public int EffectiveBufferSize => Math.Clamp(BufferSize, SmallestBuffer, LargestBuffer);

    /// <summary>Start, data, parity and stop bits of one byte.</summary>
    public int BitsPerByte => 1 + DataBits + (Parity == UartParity.None ? 0 : 1) + (StopBits == 1 ? 1 : 2);

    public TimeSpan WireTime(long bytes) =>
        TimeSpan.FromTicks((long)(bytes * BitsPerByte * (double)TimeSpan.TicksPerSecond / Baud));
}
