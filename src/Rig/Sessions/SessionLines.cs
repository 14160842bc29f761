using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Sessions;

/// <summary>
/// Events and notes as lines. The lane is a member whose value is the kind; times are in seconds; the modem is left out
/// where it is "1". What an event says stands in "text"; its bytes in "data" where they are readable text, else in
/// "hex"; in "line" where both are the same. A client's WebSocket frame has its head in "frame", its key in "mask" and
/// its payload unmasked.
/// </summary>
internal sealed class SessionLines
{
    private static readonly string[] LaneNames = ["rig", "power", "log", "uart", "net", "service", "vitals"];

    private static readonly byte[][] Lanes =
        [.. LaneNames.Select(name => Encoding.ASCII.GetBytes($",\"{name}\":"))];

    private readonly Dictionary<string, byte[]> _kinds = new(StringComparer.Ordinal);
    private byte[] _scratch = new byte[256];

    /// <summary>The member that a lane's events have.</summary>
    public static string NameOf(SessionLane lane) => LaneNames[(int)lane];

    public void Write(LineBuffer line, SessionEvent e)
    {
        line.Raw("{\"t\":"u8);
        line.Seconds(e.At);
        line.Raw(Lanes[(int)e.Lane]);
        line.Raw(Kind(e.Kind));
        if (e.Modem != "1")
        {
            line.Raw(",\"modem\":"u8);
            line.Text(e.Modem);
        }

        if (e.Tick is { } tick)
        {
            line.Raw(",\"tick\":"u8);
            line.Seconds(tick);
        }

        var bytes = e.Bytes.Span;
        if (bytes.Length > 0 && IsSame(e.Text, bytes))
        {
            line.Raw(",\"line\":"u8);
            line.Text(bytes);
        }
        else
        {
            if (e.Text.Length > 0)
            {
                line.Raw(",\"text\":"u8);
                line.Text(e.Text);
            }

            if (bytes.Length > 0) WriteBytes(line, e.Kind, bytes);
        }

        line.Raw("}\n"u8);
    }

    public static byte[] Write(SessionNote note, bool embed)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, SessionHeaderJson.Readable))
        {
            json.WriteStartObject();
            if (note is not SessionNote.Acted)
            {
                json.WritePropertyName("t");
                json.WriteRawValue(note.At.TotalSeconds.ToString("0.#######",
                    System.Globalization.CultureInfo.InvariantCulture));
            }

            json.WriteNumber("step", note.Step);
            switch (note)
            {
                case SessionNote.FirmwareLoaded loaded:
                    if (loaded.Modem != "1") json.WriteString("modem", loaded.Modem);
                    FirmwareJson.WriteMembers(json, loaded.Firmware, embed);
                    break;
                case SessionNote.EndpointOpened opened:
                    EndpointJson.WriteMembers(json, opened.Endpoint);
                    break;
                default:
                    break;
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private void WriteBytes(LineBuffer line, string kind, ReadOnlySpan<byte> bytes)
    {
        if (kind == "tcp.tx" && MaskedFrame.TryFind(bytes, out var key))
        {
            line.Raw(",\"frame\":\""u8);
            line.Hex(bytes[..key]);
            line.Raw("\",\"mask\":\""u8);
            line.Hex(bytes.Slice(key, 4));
            line.Raw("\""u8);
            var payload = Scratch(bytes.Length - key - 4);
            bytes[(key + 4)..].CopyTo(payload);
            MaskedFrame.Apply(bytes.Slice(key, 4), payload);
            if (payload.Length == 0) return;
            bytes = payload;
        }

        if (IsReadable(bytes))
        {
            line.Raw(",\"data\":"u8);
            line.Text(bytes);
            return;
        }

        line.Raw(",\"hex\":\""u8);
        line.Hex(bytes);
        line.Raw("\""u8);
    }

    private static bool IsReadable(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b is < 0x20 and not ((byte)'\r' or (byte)'\n' or (byte)'\t') or 0x7F) return false;
        }

        return Utf8.IsValid(bytes);
    }

    private bool IsSame(string text, ReadOnlySpan<byte> bytes)
    {
        if (text.Length > bytes.Length || bytes.Length > text.Length * 3) return false;
        if (Ascii.Equals(bytes, text)) return true;
        var status = Utf8.FromUtf16(
            text, Scratch(bytes.Length), out var read, out var written, replaceInvalidSequences: false);
        return status == System.Buffers.OperationStatus.Done && read == text.Length && written == bytes.Length
            && bytes.SequenceEqual(_scratch.AsSpan(0, written));
    }

    private ReadOnlySpan<byte> Kind(string kind)
    {
        if (_kinds.TryGetValue(kind, out var known)) return known;
        var line = new LineBuffer(64);
        line.Text(kind);
        var written = line.Written.ToArray();
        if (_kinds.Count < 1000) _kinds[kind] = written;
        return written;
    }

    private Span<byte> Scratch(int length)
    {
        if (_scratch.Length < length) _scratch = new byte[length * 2];
        return _scratch.AsSpan(0, length);
    }
}
