using System.Buffers;
using System.Globalization;
using System.Text;

namespace AirHil.Rig.Service.Http;

/// <summary>
/// Takes requests (RFC 9112) out of bytes that come in any pieces. The first violation ends it: later bytes are
/// ignored. It never throws for what a client sends.
/// </summary>
internal sealed class HttpRequestReader
{
    /// <summary>A head may have that many bytes, as with nginx.</summary>
    public const int HeadLimit = 8192;

    /// <summary>A body may have that many bytes.</summary>
    public const int BodyLimit = 8 << 20;

    private static readonly SearchValues<char> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private readonly List<byte> _body = [];
    private readonly ReceivedBytes _received = new(512);
    private HttpRequestHead? _head;
    private string _rawHead = "";
    private bool _isChunked;
    private int _left;

    /// <summary>The last chunk has not come.</summary>
    private bool _hasChunks;

    /// <summary>The line end behind a chunk's bytes has not come.</summary>
    private bool _isChunkOpen;

    /// <summary>Bytes that wait for their rest, or for their turn.</summary>
    public int HeldBytes => _received.Length + _body.Count;

    /// <summary>What the client did wrong, once it has.</summary>
    public HttpViolation? Violation { get; private set; }

    /// <summary>The head of a request is there, its body is not, and the client waits to be asked for it.</summary>
    public bool IsContinueExpected => _head is not null && _head.HasToken("Expect", "100-continue") && HeldBytes == 0;

    /// <summary>Adds bytes; call <see cref="TryRead"/> until false before the next.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Violation is null) _received.Append(bytes);
    }

    /// <summary>Takes the next whole request.</summary>
    public bool TryRead(out HttpRequest request)
    {
        request = null!;
        if (Violation is not null) return false;
        if (_head is null && !TryReadHead()) return false;
        if (_isChunked ? !TryReadChunks() : !TryTakeBody()) return false;
        request = new HttpRequest(_head!, _rawHead, _body.ToArray());
        _head = null;
        _body.Clear();
        return true;
    }

    private bool TryReadHead()
    {
        while (_received.Held is [(byte)'\r' or (byte)'\n', ..]) _received.Take(1); // RFC 9112 §2.2.
        var held = _received.Held;
        var end = held.IndexOf("\r\n\r\n"u8);
        if (end > HeadLimit || (end < 0 && held.Length > HeadLimit + 3))
        {
            return Fail(431, $"a head of more than {HeadLimit} bytes");
        }

        if (end < 0) return false;
        _rawHead = Encoding.Latin1.GetString(held[..end]);
        _received.Take(end + 4);
        if (Check(_rawHead) is { } violation) return Fail(violation.Status, violation.Rule);
        var head = HttpRequestHead.Parse(held[..end])!;
        if (Framing(head) is { } wrong) return Fail(wrong.Status, wrong.Rule);
        _head = head;
        return true;
    }

    /// <summary>RFC 9112 §2 to §5, for what a lenient reader would skip.</summary>
    private static HttpViolation? Check(string head)
    {
        var lines = head.Split("\r\n");
        var first = lines[0].Split(' ');
        if (first.Length != 3 || first[0].Length == 0 || first[0].AsSpan().ContainsAnyExcept(Token)
            || first[1].Length == 0 || first[1].Any(char.IsControl))
        {
            return new HttpViolation(400, "the first line is no request line");
        }

        if (first[2] is not ("HTTP/1.1" or "HTTP/1.0"))
        {
            return first[2].StartsWith("HTTP/", StringComparison.Ordinal)
                ? new HttpViolation(505, $"the version {first[2]}")
                : new HttpViolation(400, "the first line is no request line");
        }

        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan(0, colon).ContainsAnyExcept(Token))
            {
                return new HttpViolation(400, $"the line '{line}' is no header");
            }

            if (line.AsSpan().ContainsAny('\0', '\r', '\n'))
            {
                return new HttpViolation(400, "a header with a control character");
            }
        }

        return null;
    }

    /// <summary>RFC 9112 §6: what gives the body's length.</summary>
    private HttpViolation? Framing(HttpRequestHead head)
    {
        (_isChunked, _left, _hasChunks, _isChunkOpen) = (false, 0, true, false);
        if (head.Version == "HTTP/1.1" && head["Host"] is null) return new HttpViolation(400, "no Host header");
        var lengths = head.Headers.Where(h => h.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            .Select(h => h.Value).Distinct(StringComparer.Ordinal).ToArray();
        if (head["Transfer-Encoding"] is { } encoding)
        {
            if (lengths.Length > 0) return new HttpViolation(400, "both Content-Length and Transfer-Encoding");
            if (!encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            {
                return new HttpViolation(501, $"the transfer encoding '{encoding}'");
            }

            _isChunked = true;
            return null;
        }

        if (lengths.Length == 0) return null;
        if (lengths.Length > 1
            || !long.TryParse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return new HttpViolation(400, $"the Content-Length '{string.Join(", ", lengths)}'");
        }

        if (length > BodyLimit) return new HttpViolation(413, $"a body of {length} bytes is more than {BodyLimit}");
        _left = (int)length;
        return null;
    }

    private bool TryTakeBody()
    {
        var taken = Math.Min(_left, _received.Length);
        _body.AddRange(_received.Held[..taken]);
        _received.Take(taken);
        _left -= taken;
        return _left == 0;
    }

    /// <summary>RFC 9112 §7.1; extensions and trailers are skipped.</summary>
    private bool TryReadChunks()
    {
        while (true)
        {
            if (_left > 0 && !TryTakeBody()) return false;
            var held = _received.Held;
            var end = held.IndexOf("\r\n"u8);
            if (end > HeadLimit || (end < 0 && held.Length > HeadLimit)) return Fail(400, "a chunk's line is too long");
            if (end < 0) return false;
            var line = Encoding.Latin1.GetString(held[..end]);
            _received.Take(end + 2);
            if (!_hasChunks)
            {
                // The trailer, up to its blank line.
                if (line.Length == 0) return true;
                continue;
            }

            // Behind a chunk's bytes comes the end of its line.
            if (line.Length == 0 && _isChunkOpen)
            {
                _isChunkOpen = false;
                continue;
            }

            var size = line.Split(';')[0].Trim();
            if (_isChunkOpen || size.Length is 0 or > 7
                || !int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length))
            {
                return Fail(400, $"the chunk's size '{line}'");
            }

            if (_body.Count + length > BodyLimit) return Fail(413, $"a body of more than {BodyLimit} bytes");
            (_left, _isChunkOpen, _hasChunks) = (length, length > 0, length > 0);
        }
    }

    private bool Fail(int status, string rule)
    {
        Violation = new HttpViolation(status, rule);
        _received.Clear();
        _body.Clear();
        return false;
    }
}
