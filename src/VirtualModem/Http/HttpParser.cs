namespace AirHil.VirtualModem.Http;

/// <summary>
/// The firmware's parser of responses, in its strict form: what it takes, what stops it for good, and how it cuts the
/// parts that it hands out (L:components/network/http_parser/http_parser.c, version 2.9). Each response after the first
/// one is parsed as well, unless the first one ended the connection.
/// </summary>
internal sealed class HttpParser(IHttpParserUser user)
{
    private const int MostHeaderBytes = 80 * 1024;
    private const int MostStatus = 999;

    private readonly HttpHeaderReading _header = new();
    private Place _place = Place.Start;
    private int _headerBytes;
    private int _major;
    private int _minor;
    private bool _trailing;
    private ulong _left;
    private byte[] _data = [];
    private int _at;
    private int _end;
    private int _mark = -1;

    /// <summary>Where in a response the parser stands.</summary>
    private enum Place
    {
        Dead,
        Start,
        H,
        Ht,
        Htt,
        Http,
        Major,
        Dot,
        Minor,
        VersionEnd,
        FirstStatusDigit,
        StatusDigits,
        StatusText,
        StatusLineEnd,
        FieldStart,
        Field,
        BeforeValue,
        EmptyLineEnd,
        AfterEmptyLine,
        ValueStart,
        Value,
        ValueLineEnd,
        AfterValue,
        HeadersLineEnd,
        HeadersDone,
        ChunkSizeStart,
        ChunkSize,
        ChunkParameters,
        ChunkSizeEnd,
        ChunkData,
        ChunkDataEnd,
        ChunkDataDone,
        Body,
        BodyToTheEnd,
        MessageDone,
    }

    /// <summary>The code of the last response that began; 0 before.</summary>
    public int StatusCode { get; private set; }

    /// <summary>Whether it met what it does not take; nothing moves it any more.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Parses the first bytes of a buffer and gives how many it took.</summary>
    public int Execute(byte[] data, int length)
    {
        if (IsStuck) return 0;
        (_data, _end) = (data, length);
        _mark = _place is Place.Field or Place.Value ? 0 : -1;
        for (_at = 0; _at < _end; _at++)
        {
            if (_place < Place.ChunkData && ++_headerBytes > MostHeaderBytes) IsStuck = true;
            while (!IsStuck && !Step(_data[_at]))
            {
            }

            if (IsStuck) return _at;
            if (_header.IsUpgraded && _place is Place.Start or Place.Dead) return _at + 1;
        }

        HandOutTheRest();
        return length;
    }

    /// <summary>What lies in the buffer of a part that goes on in the next one.</summary>
    private void HandOutTheRest()
    {
        if (_mark < 0) return;
        var (start, length) = (_mark, _end - _mark);
        switch (_place)
        {
            case Place.Field:
                user.HeaderField(start, length);
                break;
            case Place.Value:
                user.HeaderValue(start, length);
                break;
            default:
                IsStuck |= !user.Body(start, length);
                break;
        }
    }

    /// <summary>One byte; false: the next place looks at the same byte.</summary>
    private bool Step(byte c) => _place switch
    {
        <= Place.StatusLineEnd => StatusLine(c),
        <= Place.HeadersDone => Header(c),
        <= Place.ChunkSizeEnd => Chunk(c),
        _ => Content(c),
    };

    private bool StatusLine(byte c)
    {
        switch (_place)
        {
            case Place.Dead:
                return c is CR or LF || Stop();
            case Place.Start:
                if (c is CR or LF) return true;
                Begin();
                return Expect(c, (byte)'H', Place.H);
            case Place.H:
                return Expect(c, (byte)'T', Place.Ht);
            case Place.Ht:
                return Expect(c, (byte)'T', Place.Htt);
            case Place.Htt:
                return Expect(c, (byte)'P', Place.Http);
            case Place.Http:
                return Expect(c, (byte)'/', Place.Major);
            case Place.Major:
                _major = c - '0';
                return IsDigit(c) ? GoTo(Place.Dot) : Stop();
            case Place.Dot:
                return Expect(c, (byte)'.', Place.Minor);
            case Place.Minor:
                _minor = c - '0';
                return IsDigit(c) ? GoTo(Place.VersionEnd) : Stop();
            case Place.VersionEnd:
                return Expect(c, (byte)' ', Place.FirstStatusDigit);
            case Place.FirstStatusDigit:
                if (c == ' ') return true;
                StatusCode = IsDigit(c) ? c - '0' : StatusCode;
                return IsDigit(c) ? GoTo(Place.StatusDigits) : Stop();
            case Place.StatusDigits:
                return StatusDigit(c);
            case Place.StatusText:
                return c switch { CR => GoTo(Place.StatusLineEnd), LF => GoTo(Place.FieldStart), _ => true };
            default:
                return Expect(c, LF, Place.FieldStart);
        }
    }

    private bool StatusDigit(byte c)
    {
        if (c == ' ') return GoTo(Place.StatusText);
        if (c is CR or LF) return !GoTo(Place.StatusText);
        if (!IsDigit(c)) return Stop();
        StatusCode = (StatusCode * 10) + (c - '0');
        return StatusCode <= MostStatus || Stop();
    }

    private void Begin()
    {
        _header.Begin();
        _trailing = false;
        _left = ulong.MaxValue;
    }

    private bool Header(byte c)
    {
        switch (_place)
        {
            case Place.FieldStart:
                if (c == CR) return GoTo(Place.HeadersLineEnd);
                if (c == LF) return !GoTo(Place.HeadersLineEnd);
                if (!HttpHeaderReading.IsToken(c)) return Stop();
                _mark = _at;
                _header.BeginName(c);
                return GoTo(Place.Field);
            case Place.Field:
                return Field(c);
            case Place.BeforeValue:
                if (c is (byte)' ' or (byte)'\t') return true;
                if (c == CR) return GoTo(Place.EmptyLineEnd);
                if (c == LF) return GoTo(Place.AfterEmptyLine);
                return !GoTo(Place.ValueStart);
            case Place.EmptyLineEnd:
                return Expect(c, LF, Place.AfterEmptyLine);
            case Place.AfterEmptyLine:
                return AfterEmptyLine(c);
            case Place.ValueStart:
                _mark = _at;
                return _header.BeginValue(c) ? GoTo(Place.Value) : Stop();
            case Place.Value:
                return Value(c);
            case Place.ValueLineEnd:
                return Expect(c, LF, Place.AfterValue);
            case Place.AfterValue:
                if (c is (byte)' ' or (byte)'\t') return !GoTo(Place.ValueStart);
                _header.EndValue();
                return !GoTo(Place.FieldStart);
            case Place.HeadersLineEnd:
                return c == LF ? EndOfHeaders() : Stop();
            default:
                return c == LF ? BeginContent() : Stop();
        }
    }

    private bool Field(byte c)
    {
        if (HttpHeaderReading.IsToken(c))
        {
            _header.Name(c);
            return true;
        }

        if (c != ':') return Stop();
        var start = _mark;
        _mark = -1;
        GoTo(Place.BeforeValue);
        user.HeaderField(start, _at - start);
        return true;
    }

    private bool AfterEmptyLine(byte c)
    {
        if (c is (byte)' ' or (byte)'\t') return GoTo(Place.BeforeValue);
        if (!_header.TakesEmptyValue) return Stop();
        GoTo(Place.FieldStart);
        user.HeaderValue(_at, 0);
        return false;
    }

    private bool Value(byte c)
    {
        if (c is not (CR or LF)) return _header.Value(c) || Stop();
        var start = _mark;
        _mark = -1;
        GoTo(Place.ValueLineEnd);
        user.HeaderValue(start, _at - start);
        return c == CR;
    }

    private bool EndOfHeaders()
    {
        if (_trailing) return !GoTo(Place.MessageDone);
        if (_header.UsesTransferEncoding && _header.ContentLength is not null) return Stop();
        GoTo(Place.HeadersDone);
        user.HeadersComplete();
        return false;
    }

    private bool BeginContent()
    {
        _headerBytes = 0;
        if (_header.IsChunked) return GoTo(Place.ChunkSizeStart);
        if (_header.UsesTransferEncoding) return GoTo(Place.BodyToTheEnd);
        if (_header.ContentLength is > 0 and var length)
        {
            _left = length;
            return GoTo(Place.Body);
        }

        var isEmpty = _header.ContentLength == 0 || StatusCode / 100 == 1 || StatusCode is 204 or 304;
        return isEmpty ? EndMessage() : GoTo(Place.BodyToTheEnd);
    }

    private bool Chunk(byte c)
    {
        var digit = HexDigits.IndexOf(char.ToLowerInvariant((char)c), StringComparison.Ordinal);
        switch (_place)
        {
            case Place.ChunkSizeStart:
                _left = (ulong)Math.Max(digit, 0);
                return digit >= 0 ? GoTo(Place.ChunkSize) : Stop();
            case Place.ChunkSize:
                if (c == CR) return GoTo(Place.ChunkSizeEnd);
                if (c is (byte)';' or (byte)' ') return GoTo(Place.ChunkParameters);
                if (digit < 0 || _left > (ulong.MaxValue - 16) / 16) return Stop();
                _left = (_left * 16) + (ulong)digit;
                return true;
            case Place.ChunkParameters:
                return c != CR || GoTo(Place.ChunkSizeEnd);
            default:
                if (c != LF) return Stop();
                _headerBytes = 0;
                _trailing = _left == 0;
                user.ChunkHeader(_left);
                return GoTo(_trailing ? Place.FieldStart : Place.ChunkData);
        }
    }

    private bool Content(byte c)
    {
        switch (_place)
        {
            case Place.ChunkData:
                TakeBody();
                return _left > 0 || GoTo(Place.ChunkDataEnd);
            case Place.ChunkDataEnd:
                if (c != CR) return Stop();
                GoTo(Place.ChunkDataDone);
                return HandOutBody(_at) || Stop();
            case Place.ChunkDataDone:
                _headerBytes = 0;
                return Expect(c, LF, Place.ChunkSizeStart);
            case Place.Body:
                TakeBody();
                if (_left > 0) return true;
                GoTo(Place.MessageDone);
                return !HandOutBody(_at + 1) && Stop();
            case Place.BodyToTheEnd:
                if (_mark < 0) _mark = _at;
                _at = _end - 1;
                return true;
            default:
                return EndMessage();
        }
    }

    /// <summary>Steps onto the last byte of the buffer that belongs to the body.</summary>
    private void TakeBody()
    {
        if (_mark < 0) _mark = _at;
        var taken = (int)Math.Min(_left, (ulong)(_end - _at));
        _left -= (ulong)taken;
        _at += taken - 1;
    }

    /// <summary>A chunk whose data was handed out with the buffer before leaves nothing to hand out.</summary>
    private bool HandOutBody(int end)
    {
        if (_mark < 0) return true;
        var start = _mark;
        _mark = -1;
        return user.Body(start, end - start);
    }

    private bool EndMessage()
    {
        var keepsAlive = _major > 0 && _minor > 0 ? !_header.Closes : _header.KeepsAlive;
        GoTo(keepsAlive ? Place.Start : Place.Dead);
        _header.IsUpgraded &= StatusCode == 101;
        user.MessageComplete();
        return true;
    }

    private bool Expect(byte c, byte expected, Place next) => c == expected ? GoTo(next) : Stop();

    private bool GoTo(Place next)
    {
        _place = next;
        return true;
    }

    private bool Stop()
    {
        IsStuck = true;
        return false;
    }

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';

    private const string HexDigits = "0123456789abcdef";
    private const byte CR = (byte)'\r';
    private const byte LF = (byte)'\n';
}
