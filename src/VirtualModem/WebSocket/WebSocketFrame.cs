namespace AirHil.VirtualModem.WebSocket;

/// <summary>
/// Frames as V1112 writes them (reference §3.9): FIN always set, masked with the constant key 00 01 02 03.
/// </summary>
internal static class WebSocketFrame
{
    public const byte Text = 0x1;
    public const byte Binary = 0x2;
    public const byte Close = 0x8;
    public const byte Ping = 0x9;
    public const byte Pong = 0xA;

    /// <summary>Payloads of this length and more are refused.</summary>
    public const int PayloadLimit = 65_535;

    public static byte[] Write(byte opcode, ReadOnlySpan<byte> payload)
    {
        var header = payload.Length < 126 ? 2 : 4;
        var frame = new byte[header + 4 + payload.Length];
        frame[0] = (byte)(0x80 | opcode);
        if (header == 2)
        {
            frame[1] = (byte)(0x80 | payload.Length);
        }
        else
        {
            frame[1] = 0x80 | 126;
            frame[2] = (byte)(payload.Length >> 8);
            frame[3] = (byte)payload.Length;
        }

        for (var i = 0; i < 4; i++) frame[header + i] = (byte)i;
        for (var i = 0; i < payload.Length; i++) frame[header + 4 + i] = (byte)(payload[i] ^ (i & 3));
        return frame;
    }
}
