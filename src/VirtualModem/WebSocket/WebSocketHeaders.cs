using System.Text;

namespace AirHil.VirtualModem.WebSocket;

/// <summary>The extra headers of the upgrade as V1112 builds them (reference §3.3).</summary>
internal static class WebSocketHeaders
{
    /// <summary>Name and value of one header together.</summary>
    public const int PairLimit = 256;

    /// <summary>The buffer of all headers, bytes.</summary>
    public const int TotalLimit = 1024;

    /// <summary>"Name:value" with the firmware's own escapes, no space after the colon.</summary>
    public static byte[] Line(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var line = new List<byte>(name.Length + value.Length + 3);
        foreach (var b in name) line.Add(b);
        line.Add((byte)':');
        foreach (var b in value)
        {
            if (Escape(b) is { } escaped) line.AddRange(Encoding.ASCII.GetBytes(escaped));
            else line.Add(b);
        }

        line.AddRange("\r\n"u8);
        return [.. line];
    }

    private static string? Escape(byte value) => value switch
    {
        (byte)'*' => "%2A",
        (byte)'-' => "%2D",
        (byte)'.' => "%2E",
        (byte)'_' => "%5F",
        (byte)' ' => "%20",
        _ => null,
    };
}
