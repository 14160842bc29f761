using System.Globalization;
using System.Text;

namespace AirHil.Modem.Sessions;

/// <summary>The members of one line that holds an event; it is used for one line after another.</summary>
internal sealed class EventMembers
{
    private readonly WordTable _words = new();
    private readonly List<(string Name, string Value)> _others = [];
    private readonly Connection?[] _connections = new Connection?[64];
    private TimeSpan? _at;
    private int? _number;
    private string _host = "";
    private int _port;

    /// <summary>-1 where the line holds no event.</summary>
    public int Lane { get; private set; }

    public string Kind { get; private set; } = "";

    public string Modem { get; private set; } = "1";

    public TimeSpan? Tick { get; private set; }

    /// <summary>Whether the bytes are in "line".</summary>
    public bool IsLine { get; private set; }

    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>The host of the connection, or of the question.</summary>
    public string Host => _host;

    /// <summary>The time where the line has one.</summary>
    public TimeSpan? Time => _at;

    /// <exception cref="FormatException">The line has no time.</exception>
    public TimeSpan At => _at ?? throw new FormatException("an event has no time (\"t\")");

    /// <exception cref="FormatException">The line names no connection.</exception>
    public Connection Connection
    {
        get
        {
            if (_number is not { } number) throw new FormatException($"'{Kind}' has no connection (\"conn\")");
            ref var known = ref _connections[number & 63];
            if (known is null || known.Number != number || known.Port != _port || known.Host != _host)
            {
                known = new Connection(number, _host, _port);
            }

            return known;
        }
    }

    /// <summary>Takes the place of what the line says of a connection.</summary>
    public void Connect(int number, string host, int port) => (_number, _host, _port) = (number, host, port);

    /// <summary>Adds a member, or takes the place of one.</summary>
    public void Set(string name, string value)
    {
        _others.RemoveAll(o => o.Name == name);
        _others.Add((name, value));
    }

    /// <summary>A member's value; null: there is none.</summary>
    public string? Find(string name)
    {
        foreach (var other in _others)
        {
            if (string.Equals(other.Name, name, StringComparison.Ordinal)) return other.Value;
        }

        return null;
    }

    public string Text(string name) => Find(name) ?? "";

    public bool Flag(string name) => Find(name) == "true";

    public int Number(string name) => checked((int)Long(name));

    /// <exception cref="FormatException">There is no such number.</exception>
    public long Long(string name) =>
        long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{Kind}' has no number \"{name}\"");

    /// <exception cref="FormatException">There is no such number.</exception>
    public double Real(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{Kind}' has no number \"{name}\"");

    /// <exception cref="FormatException">The line is no JSON object, or a value does not fit its member.</exception>
    public void Parse(ReadOnlySpan<byte> line)
    {
        (_at, _number, _host, _port) = (null, null, "", 0);
        (Lane, Kind, Modem, Tick, Bytes, IsLine) = (-1, "", "1", null, default, false);
        _others.Clear();
        ReadOnlySpan<byte> frame = default, mask = default;
        var cursor = new LineCursor(line);
        while (cursor.TryName(out var name))
        {
            if (name.SequenceEqual("t"u8)) _at = cursor.Seconds();
            else if (EventLines.LaneOf(name) is >= 0 and var found)
            {
                Lane = found;
                Kind = cursor.Word(_words);
            }
            else if (name.SequenceEqual("conn"u8)) _number = checked((int)cursor.Number());
            else if (name.SequenceEqual("host"u8)) _host = cursor.Word(_words);
            else if (name.SequenceEqual("port"u8)) _port = checked((int)cursor.Number());
            else if (name.SequenceEqual("line"u8)) (Bytes, IsLine) = (cursor.Utf8(), true);
            else if (name.SequenceEqual("data"u8)) Bytes = cursor.Utf8();
            else if (name.SequenceEqual("hex"u8)) Bytes = cursor.Hex();
            else if (name.SequenceEqual("tick"u8)) Tick = cursor.Seconds();
            else if (name.SequenceEqual("modem"u8)) Modem = cursor.Word(_words);
            else if (name.SequenceEqual("frame"u8)) frame = cursor.Hex();
            else if (name.SequenceEqual("mask"u8)) mask = cursor.Hex();
            else _others.Add((_words.Get(name), Value(ref cursor)));
        }

        if (mask.Length > 0) Bytes = Masked(frame, mask, Bytes.Span);
    }

    private string Value(ref LineCursor cursor) =>
        cursor.IsText ? cursor.Word(_words) : Encoding.UTF8.GetString(cursor.Skip());

    private static byte[] Masked(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> mask, ReadOnlySpan<byte> payload)
    {
        if (mask.Length != 4) throw new FormatException("a mask has four bytes");
        byte[] bytes = [.. frame, .. mask, .. payload];
        MaskedFrame.Apply(mask, bytes.AsSpan(frame.Length + 4));
        return bytes;
    }
}
