using System.Globalization;
using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Cli.Output;

/// <summary>Writes what crossed the serial lines and the air, for --show.</summary>
internal sealed class EventWriter(TextWriter output, IReadOnlySet<SessionLane> lanes)
{
    private const int MaxShown = 120;
    private readonly AirContent _content = new();

    public void Write(Sighting sighting)
    {
        var e = sighting.Event;
        if (!lanes.Contains(e.Lane)) return;
        var bytes =
            e.Bytes.IsEmpty || (e.Text.Length > 0 && e.Lane != SessionLane.Uart) ? "" : " " + Shown(e.Bytes.Span);
        var content = _content.Of(e);
        if (content.Length > 0) content = "  " + Shown(Encoding.UTF8.GetBytes(content));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{e.At.TotalSeconds,13:0.000000} {e.Kind,-16} {Shown(Encoding.UTF8.GetBytes(e.Text))}{bytes}{content}"));
    }

    private static string Shown(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes[..Math.Min(bytes.Length, MaxShown)])
        {
            _ = b switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\t' => text.Append("\\t"),
                (byte)'\\' => text.Append("\\\\"),
                >= 0x20 and < 0x7F => text.Append((char)b),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{b:X2}"),
            };
        }

        if (bytes.Length > MaxShown) text.Append(CultureInfo.InvariantCulture, $"… ({bytes.Length} bytes)");
        return text.ToString();
    }
}
