using System.Text;

namespace AirHil.VirtualModem.Http;

/// <summary>What the headers of a response mean to the parser; it reads each one as its bytes come.</summary>
internal sealed class HttpHeaderReading
{
    private const int LongestName = 32;
    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    private readonly StringBuilder _name = new();
    private readonly StringBuilder _value = new();
    private bool _closed;

    public bool UsesTransferEncoding { get; private set; }
    public bool IsChunked { get; private set; }
    public bool Closes { get; private set; }
    public bool KeepsAlive { get; private set; }

    /// <summary>Whether headers ask for another protocol.</summary>
    public bool IsUpgraded
    {
        get => _asksUpgrade && _connectionUpgrade;
        set => _asksUpgrade = value;
    }

    /// <summary>Null: there is no such header.</summary>
    public ulong? ContentLength { get; private set; }

    /// <summary>An empty Content-Length is an error.</summary>
    public bool TakesEmptyValue => !Is("content-length");

    private bool _asksUpgrade;
    private bool _connectionUpgrade;

    /// <summary>Whether a byte may stand in a name.</summary>
    public static bool IsToken(byte c) => char.IsAsciiLetterOrDigit((char)c) || TokenMarks.Contains((char)c);

    /// <summary>A response begins.</summary>
    public void Begin()
    {
        UsesTransferEncoding = IsChunked = Closes = KeepsAlive = _asksUpgrade = _connectionUpgrade = false;
        ContentLength = null;
    }

    public void BeginName(byte c)
    {
        _name.Clear();
        _value.Clear();
        _closed = false;
        Name(c);
    }

    public void Name(byte c)
    {
        if (_name.Length < LongestName) _name.Append(char.ToLowerInvariant((char)c));
        // A longer name that begins like this one counts as well.
        UsesTransferEncoding |= Is("transfer-encoding");
    }

    /// <summary>The first byte of a value, or of its next line; false: an error.</summary>
    public bool BeginValue(byte c)
    {
        if (_value.Length > 0)
        {
            // A value that goes on in the next line: of a length only spaces may follow, of the rest nothing counts.
            _closed = true;
            return true;
        }

        if (Is("content-length"))
        {
            if (!char.IsAsciiDigit((char)c) || ContentLength is not null) return false;
            ContentLength = (ulong)(c - '0');
        }

        _asksUpgrade |= Is("upgrade");
        _value.Append((char)c);
        return true;
    }

    /// <summary>A further byte; false: an error.</summary>
    public bool Value(byte c)
    {
        if (c != '\t' && c is < 32 or 127) return false;
        if (Is("content-length")) return LengthDigit(c);
        if (!_closed && (Is("connection") || Is("proxy-connection") || Is("transfer-encoding"))) _value.Append((char)c);
        return true;
    }

    /// <summary>A value is whole.</summary>
    public void EndValue()
    {
        var tokens = _value.ToString().Split(',');
        if (Is("transfer-encoding")) IsChunked |= !_closed && IsWord(tokens[^1], "chunked");
        if (!Is("connection") && !Is("proxy-connection")) return;
        foreach (var token in _closed ? tokens[..^1] : tokens)
        {
            Closes |= IsWord(token, "close");
            KeepsAlive |= IsWord(token, "keep-alive");
            _connectionUpgrade |= IsWord(token, "upgrade");
        }
    }

    private bool LengthDigit(byte c)
    {
        if (c == ' ')
        {
            _closed = true;
            return true;
        }

        if (_closed || !char.IsAsciiDigit((char)c) || ContentLength > (ulong.MaxValue - 10) / 10) return false;
        ContentLength = (ContentLength * 10) + (ulong)(c - '0');
        return true;
    }

    private bool Is(string name) => _name.Length == name.Length && _name.Equals(name);

    private static bool IsWord(string token, string word) =>
        token.TrimStart(' ', '\t').TrimEnd(' ').Equals(word, StringComparison.OrdinalIgnoreCase);
}
