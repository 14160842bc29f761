using System.Buffers;
using System.Text.Unicode;

namespace AirHil.Modem.Sessions;

/// <summary>Changes what an event says on its way into a file: secrets become pseudonyms.</summary>
internal interface IEventMask
{
    string Mask(string text);

    ReadOnlyMemory<byte> Mask(SessionEvent e);
}

/// <summary>
/// Events as lines of JSON. The lane is a member whose value is the kind; times are in seconds; the modem is left out
/// where it is "1". Bytes are in "line" for the log, in "data" where they are readable text, else in "hex". A
/// WebSocket frame of a client has its head in "frame", its key in "mask" and its payload unmasked.
/// </summary>
/// <param name="mask">Null: everything is written as it is.</param>
internal sealed class EventLines(IEventMask? mask = null)
{
    private static readonly string[] LaneNames =
        ["rig", "power", "log", "uart", "net", "service", "vitals", "pin", "script", "bus"];

    /// <summary>Bytes that no readable text has.</summary>
    private static readonly SearchValues<byte> Unreadable = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(b => (byte)b).Where(b => !"\r\n\t"u8.Contains(b)), 0x7F]);

    private LineBuffer _line = new(0);
    private byte[] _scratch = new byte[256];

    /// <summary>The member that a lane's events have.</summary>
    public static string NameOf(SessionLane lane) => LaneNames[(int)lane];

    /// <summary>The lane of a member; -1: it names none.</summary>
    public static int LaneOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("log"u8) => (int)SessionLane.Log,
        _ when name.SequenceEqual("uart"u8) => (int)SessionLane.Uart,
        _ when name.SequenceEqual("net"u8) => (int)SessionLane.Network,
        _ when name.SequenceEqual("service"u8) => (int)SessionLane.Service,
        _ when name.SequenceEqual("power"u8) => (int)SessionLane.Power,
        _ when name.SequenceEqual("rig"u8) => (int)SessionLane.Rig,
        _ when name.SequenceEqual("vitals"u8) => (int)SessionLane.Vitals,
        _ when name.SequenceEqual("pin"u8) => (int)SessionLane.Pin,
        _ when name.SequenceEqual("script"u8) => (int)SessionLane.Script,
        _ when name.SequenceEqual("bus"u8) => (int)SessionLane.Bus,
        _ => -1,
    };

    /// <summary>Appends the event with its line end.</summary>
    public void Write(LineBuffer line, SessionEvent e)
    {
        _line = line;
        line.Raw("{\"t\":"u8);
        line.Seconds(e.At);
        var entry = EventCatalogue.EntryOf(e);
        line.Raw(entry.WordOf(e).Member);
        if (e.Modem != "1") Text("modem"u8, e.Modem);
        if (entry.IsConnected)
        {
            var connection = ((IConnected)e).Connection;
            if (mask is null) line.Raw(connection.Members);
            else Write(line, connection, mask.Mask(connection.Host));
        }

        entry.Write?.Invoke(this, e);
        var bytes = mask is null ? e.Bytes : mask.Mask(e);
        if (bytes.Length > 0) WriteBytes(e, bytes.Span);
        line.Raw("}\n"u8);
    }

    /// <summary>Appends the members of a connection.</summary>
    /// <param name="host">Its host as it is to be written.</param>
    public static void Write(LineBuffer line, Connection connection, string host)
    {
        line.Name("conn"u8);
        line.Number(connection.Number);
        line.Name("host"u8);
        line.Text(host);
        line.Name("port"u8);
        line.Number(connection.Port);
    }

    /// <summary>Appends members that are made already, each with the comma before it.</summary>
    public void Raw(ReadOnlySpan<byte> members) => _line.Raw(members);

    public void Text(ReadOnlySpan<byte> name, string value)
    {
        _line.Name(name);
        _line.Text(mask is null ? value : mask.Mask(value));
    }

    /// <summary>As <see cref="Text"/>; nothing where the value is "".</summary>
    public void Optional(ReadOnlySpan<byte> name, string value)
    {
        if (value.Length > 0) Text(name, value);
    }

    public void Number(ReadOnlySpan<byte> name, long value)
    {
        _line.Name(name);
        _line.Number(value);
    }

    public void Seconds(ReadOnlySpan<byte> name, TimeSpan value)
    {
        _line.Name(name);
        _line.Seconds(value);
    }

    public void Real(ReadOnlySpan<byte> name, double value)
    {
        _line.Name(name);
        _line.Number(value);
    }

    /// <summary>Nothing where it does not hold.</summary>
    public void Flag(ReadOnlySpan<byte> name, bool value)
    {
        if (!value) return;
        _line.Name(name);
        _line.Raw("true"u8);
    }

    private void WriteBytes(SessionEvent e, ReadOnlySpan<byte> bytes)
    {
        if (e is LogLine)
        {
            if (!Utf8.IsValid(bytes))
            {
                WriteHex("hex"u8, bytes);
                return;
            }

            _line.Name("line"u8);
            _line.Text(bytes);
            return;
        }

        if (e is TcpSent && MaskedFrame.TryFind(bytes, out var key))
        {
            WriteHex("frame"u8, bytes[..key]);
            WriteHex("mask"u8, bytes.Slice(key, 4));
            var payload = Scratch(bytes.Length - key - 4);
            bytes[(key + 4)..].CopyTo(payload);
            MaskedFrame.Apply(bytes.Slice(key, 4), payload);
            if (payload.Length == 0) return;
            bytes = payload;
        }

        if (!IsReadable(bytes))
        {
            WriteHex("hex"u8, bytes);
            return;
        }

        _line.Name("data"u8);
        _line.Text(bytes);
    }

    private void WriteHex(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        _line.Name(name);
        _line.Raw("\""u8);
        _line.Hex(bytes);
        _line.Raw("\""u8);
    }

    private static bool IsReadable(ReadOnlySpan<byte> bytes) =>
        !bytes.ContainsAny(Unreadable) && Utf8.IsValid(bytes);

    private Span<byte> Scratch(int length)
    {
        if (_scratch.Length < length) _scratch = new byte[length * 2];
        return _scratch.AsSpan(0, length);
    }
}
