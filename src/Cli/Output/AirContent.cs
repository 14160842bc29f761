using System.Text;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Cli.Output;

/// <summary>
/// What the bytes of TCP connections carry, for those who watch the air: the packets of MQTT by their names, the first
/// line of an HTTP message, and the commands and replies of FTP.
/// </summary>
internal sealed class AirContent
{
    private const int MostPackets = 8;
    private const int LongestLine = 100;
    private const int MostConnections = 4096;
    private const int ConnectByte = (int)MqttPacketType.Connect << 4;
    private static readonly string[] Methods = ["GET ", "POST ", "PUT ", "HEAD ", "DELETE ", "PATCH ", "OPTIONS "];
    private readonly HashSet<(string Modem, Connection Connection)> _mqtt = [];

    /// <summary>Those whose server has greeted as FTP's does (RFC 959 §5.4).</summary>
    private readonly HashSet<(string Modem, Connection Connection)> _ftp = [];

    /// <summary>In words; "" where nothing is known of the bytes.</summary>
    public string Of(SessionEvent happened)
    {
        var (connection, isSent) = happened switch
        {
            TcpSent sent => ((Connection?)sent.Connection, true),
            TcpReceived received => (received.Connection, false),
            _ => (null, false),
        };
        var bytes = happened.Bytes.Span;
        if (connection is null || bytes.IsEmpty) return "";
        var key = (happened.Modem, connection);
        if (isSent && IsConnect(bytes))
        {
            if (_mqtt.Count >= MostConnections) _mqtt.Clear();
            _mqtt.Add(key);
        }

        if (!isSent && (bytes.StartsWith("220 "u8) || bytes.StartsWith("220-"u8)))
        {
            if (_ftp.Count >= MostConnections) _ftp.Clear();
            _ftp.Add(key);
        }

        return _mqtt.Contains(key) ? Packets(bytes) : Line(bytes, _ftp.Contains(key));
    }

    /// <summary>A CONNECT with its protocol's name (MQTT 3.1.1 §3.1.2).</summary>
    private static bool IsConnect(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != ConnectByte) return false;
        var (head, _) = Length(bytes);
        return bytes[head..].StartsWith("\0\u0004MQTT"u8);
    }

    /// <summary>The packets that begin in the bytes; "…" for what does not begin as a packet does.</summary>
    private static string Packets(ReadOnlySpan<byte> bytes)
    {
        var names = new List<string>();
        while (!bytes.IsEmpty)
        {
            var type = (MqttPacketType)(bytes[0] >> 4);
            if (!Enum.IsDefined(type) || names.Count == MostPackets)
            {
                names.Add("…");
                break;
            }

            names.Add(type.ToString().ToUpperInvariant());
            var (head, length) = Length(bytes);
            if (type == MqttPacketType.Publish) names[^1] += Topic(bytes[Math.Min(head, bytes.Length)..]);
            bytes = bytes[Math.Min(head + length, bytes.Length)..];
        }

        return string.Join(", ", names);
    }

    /// <summary>The bytes of the fixed header, and those behind it (MQTT 3.1.1 §2.2.3).</summary>
    private static (int Head, int Length) Length(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        for (var i = 1; i < Math.Min(bytes.Length, 5); i++)
        {
            length |= (bytes[i] & 0x7F) << (7 * (i - 1));
            if ((bytes[i] & 0x80) == 0) return (i + 1, length);
        }

        return (bytes.Length, 0);
    }

    private static string Topic(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 2) return "";
        var length = (rest[0] << 8) | rest[1];
        return length <= rest.Length - 2 ? " " + Encoding.UTF8.GetString(rest.Slice(2, length)) : "";
    }

    private static string Line(ReadOnlySpan<byte> bytes, bool isLine)
    {
        var text = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, LongestLine)]);
        isLine |= text.StartsWith("HTTP/1.", StringComparison.Ordinal)
            || Methods.Any(method => text.StartsWith(method, StringComparison.Ordinal));
        return isLine ? text.Split('\r')[0] : "";
    }
}
