using System.IO.Compression;
using System.Text;
using AirHil.Modem.Sessions;

namespace AirHil.Reports.Html;

/// <summary>
/// Packs events for the page: column by column, every text and payload once, deflated. A pack needs no other; a
/// session is any number of them. The page's reader is <c>Page/decode.js</c>, which has the same layout.
/// </summary>
/// <remarks>
/// Layout, numbers as LEB128: count; kinds (lane, name), modems, moments as lists of text; the pools of texts and of
/// payloads (count, lengths, content); then the columns time (zigzag difference in 100 ns), kind, modem, moment,
/// text, payload, tick (0: none, else 1 + zigzag difference).
/// </remarks>
internal sealed class EventPacker
{
    /// <summary>How many events a pack holds at most; the browser inflates it in one piece.</summary>
    public const int MostEvents = 1 << 18;

    /// <summary>How many bytes of texts and payloads a pack takes before it counts as full.</summary>
    private const long MostBytes = 64L << 20;

    private readonly Dictionary<(SessionLane, string), int> _kinds = [];
    private readonly Dictionary<string, int> _modems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _moments = new(StringComparer.Ordinal);
    private readonly Pool _texts = new();
    private readonly Pool _payloads = new();
    private readonly Column _kindTable = new();
    private readonly Column _modemTable = new();
    private readonly Column _momentTable = new();
    private readonly Column _at = new();
    private readonly Column _kind = new();
    private readonly Column _modem = new();
    private readonly Column _moment = new();
    private readonly Column _text = new();
    private readonly Column _payload = new();
    private readonly Column _tick = new();
    private long _lastAt;
    private long _lastTick;

    /// <summary>Events in the present pack.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the present pack should be taken before more is added.</summary>
    public bool IsFull => Count >= MostEvents || _texts.Bytes + _payloads.Bytes > MostBytes;

    /// <summary>The events since the last call as one pack, deflated (RFC 1951); the next pack begins.</summary>
    public byte[] Take()
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            var head = new Column();
            head.Number(Count);
            head.WriteTo(deflate);
            WriteTable(deflate, _kinds.Count, _kindTable);
            WriteTable(deflate, _modems.Count, _modemTable);
            WriteTable(deflate, _moments.Count, _momentTable);
            _texts.WriteTo(deflate);
            _payloads.WriteTo(deflate);
            foreach (var column in (Column[])[_at, _kind, _modem, _moment, _text, _payload, _tick])
            {
                column.WriteTo(deflate);
            }
        }

        Clear();
        return output.ToArray();
    }

    private static void WriteTable(Stream output, int count, Column table)
    {
        var head = new Column();
        head.Number(count);
        head.WriteTo(output);
        table.WriteTo(output);
    }

    /// <summary>Adds an event.</summary>
    public void Add(SessionEvent e)
    {
        Count++;
        var moment = NameOf(e);
        _at.Signed(e.At.Ticks - _lastAt);
        _lastAt = e.At.Ticks;
        _kind.Number(KindOf(e));
        _modem.Number(Place(_modems, e.Modem, _modemTable));
        _moment.Number(moment.Length == 0 ? 0 : 1 + Place(_moments, moment, _momentTable));
        var text = Encoding.UTF8.GetBytes(e.Text);
        _text.Number(text.Length == 0 ? 0 : _texts.Add(text) is var place && place < 0 ? 1 : place + 1);
        AddPayload(e.Bytes, text);
        if (e.Tick is { } tick)
        {
            _tick.Signed(tick.Ticks - _lastTick, 1);
            _lastTick = tick.Ticks;
        }
        else
        {
            _tick.Number(0);
        }
    }

    private void AddPayload(ReadOnlyMemory<byte> bytes, byte[] text)
    {
        if (bytes.IsEmpty) _payload.Number(0);
        else if (bytes.Span.SequenceEqual(text)) _payload.Number(1);
        else _payload.Number(_payloads.Add(bytes) is var place && place < 0 ? 2 : place + 2);
    }

    private int KindOf(SessionEvent e)
    {
        if (_kinds.TryGetValue((e.Lane, e.Kind), out var place)) return place;
        _kinds.Add((e.Lane, e.Kind), place = _kinds.Count);
        _kindTable.Byte((byte)e.Lane);
        _kindTable.Text(e.Kind);
        return place;
    }

    private static int Place(Dictionary<string, int> places, string key, Column table)
    {
        if (places.TryGetValue(key, out var place)) return place;
        places.Add(key, place = places.Count);
        table.Text(key);
        return place;
    }

    /// <summary>What a line says; and separates a fault that is over at once from one that nobody ended.</summary>
    private static string NameOf(SessionEvent e) => e switch
    {
        LogLine line => (line.Moment ?? line.Boot)?.GetType().Name ?? "",
        FaultBegan { Fault.IsMoment: true } => "Instant",
        _ => "",
    };

    private void Clear()
    {
        Count = 0;
        (_lastAt, _lastTick) = (0, 0);
        _kinds.Clear();
        _modems.Clear();
        _moments.Clear();
        _texts.Clear();
        _payloads.Clear();
        foreach (var column in (Column[])[_kindTable, _modemTable, _momentTable, _at, _kind, _modem, _moment, _text,
            _payload, _tick])
        {
            column.Clear();
        }
    }

    /// <summary>Contents, each once, in the order in which they came.</summary>
    private sealed class Pool
    {
        private readonly Dictionary<ReadOnlyMemory<byte>, int> _places = new(ByContent.Instance);
        private readonly Column _lengths = new();
        private readonly Column _content = new();

        public long Bytes => _content.Length;

        /// <summary>The place of the content, from 1; negative where it is new.</summary>
        public int Add(ReadOnlyMemory<byte> content)
        {
            if (_places.TryGetValue(content, out var place)) return place;
            _places.Add(content, _places.Count + 1);
            _lengths.Number(content.Length);
            _content.Append(content.Span);
            return -1;
        }

        public void WriteTo(Stream output)
        {
            WriteTable(output, _places.Count, _lengths);
            _content.WriteTo(output);
        }

        public void Clear()
        {
            _places.Clear();
            _lengths.Clear();
            _content.Clear();
        }
    }

    private sealed class ByContent : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static readonly ByContent Instance = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> content)
        {
            var hash = new HashCode();
            hash.AddBytes(content.Span);
            return hash.ToHashCode();
        }
    }
}
