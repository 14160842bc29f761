using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Gnss;

/// <summary>
/// What libgnss keeps of the sentences of a receiver (L:components/minmea/luat_gnss.c): the last one of each kind, the
/// last position, and whether there is one. A receiver that falls silent keeps its last position for ever.
/// </summary>
internal sealed class GnssReceiver(Board board, SystemHeap heap, Clock.Calendar calendar)
{
    private const string Tag = "gnss";
    private const int LineBuffer = 120;
    private const int GsaSlots = 7;
    private const int GsvSlots = 24;
    private const int GsaLifeMs = 950;

    /// <summary>sizeof(minmea_data_t): each kind and each slot keeps its block from the first sentence on.</summary>
    private const int SentenceBytes = 136;

    /// <summary>RECV_BUFF_SIZE.</summary>
    private const int ReadBytes = 2_048;

    /// <summary>After so long without a position the next one sets the clock once more.</summary>
    private const int ClockLifeMs = 600_000;

    private static readonly NmeaSentences.Rmc None =
        new(false, false, default(NmeaTime), default, default, default, default, (0, 0, 0), default);

    private readonly byte[] _line = new byte[LineBuffer + 1];
    private readonly Dictionary<string, Kept> _last = new(StringComparer.Ordinal);
    private readonly Kept?[] _gsa = new Kept?[GsaSlots];
    private readonly Kept?[] _gsv = new Kept?[GsvSlots];
    private int _nextGsa;
    private bool _isFixed;
    private long _fixedAt;
    private bool _canRead;

    /// <summary>A sentence and when it came, ms since the start; an empty one was cleared.</summary>
    public readonly record struct Kept(string Text, long At);

    /// <summary>The last position, or what is known without one.</summary>
    public NmeaSentences.Rmc Position { get; private set; } = None;

    /// <summary>libgnss.rtcAuto: whether a first position sets the clock.</summary>
    public bool SetsClock { get; set; }

    /// <summary>libgnss.debug.</summary>
    public bool IsDebug { get; set; }

    /// <summary>The port that gets a copy of what is read; null: none.</summary>
    public int? CopiesTo { get; set; }

    /// <summary>libgnss.on: the functions for raw pieces, for TXT and for other sentences.</summary>
    public ScriptCallback Raw { get; } = new();

    public ScriptCallback Txt { get; } = new();

    public ScriptCallback Other { get; } = new();

    public IEnumerable<Kept> Gsa => _gsa.OfType<Kept>();

    public IEnumerable<Kept> Gsv => _gsv.OfType<Kept>();

    /// <summary>ms since the start.</summary>
    public long Ticks => board.Clock.Tick.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>The last sentence of a kind, "" after a clear; null: none came since the start.</summary>
    public string? Last(string kind) => _last.TryGetValue(kind, out var kept) ? kept.Text : null;

    /// <summary>Whether a sentence is not older than that many ms.</summary>
    public bool IsFresh(Kept kept, int milliseconds) => kept.At != 0 && Ticks - kept.At <= milliseconds;

    public void Clear()
    {
        _isFixed = false;
        Position = None;
        foreach (var kind in _last.Keys.ToArray()) _last[kind] = new Kept("", 0);
        Empty(_gsa, _ => true);
        Empty(_gsv, _ => true);
    }

    /// <summary>Takes bytes; the end of a line gives the line to its parser.</summary>
    public void Parse(ReadOnlySpan<byte> data)
    {
        var length = Array.IndexOf(_line, (byte)0);
        foreach (var b in data)
        {
            if (length >= LineBuffer) length = 0;
            if (b != (byte)'\n')
            {
                _line[length++] = b;
                continue;
            }

            _line[length] = 0;
            Sentence(TextOf(_line));
            length = 0;
        }

        _line[length] = 0;
    }

    /// <summary>libgnss.bind takes the buffer that ports are read into; false: there is none.</summary>
    public bool TakeBuffer() => _canRead = _canRead || heap.TryAllocate(ReadBytes);

    /// <summary>A piece that was read from the port.</summary>
    public void Read(ReadOnlyMemory<byte> piece)
    {
        Tell(Raw, piece);
        if (IsDebug) board.Log.WriteBytes(LogLevel.Debug, Tag, $">> {TextOf(piece.Span)}");
        Parse(piece.Span);
    }

    private static string TextOf(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return System.Text.Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private void Sentence(string line)
    {
        if (!NmeaScanner.IsRight(line)) return;
        var scan = new NmeaScanner(line);
        var type = scan.Type();
        if (!scan.IsWhole) return;
        switch (type[2..])
        {
            case "RMC":
                TakeRmc(line);
                break;
            case "GSA" when NmeaSentences.ReadGsa(line).IsWhole:
                Keep(ref _gsa[_nextGsa], line);
                _nextGsa = (_nextGsa + 1) % GsaSlots;
                Empty(_gsa, kept => kept.Text.Length > 0 && Ticks - kept.At > GsaLifeMs);
                break;
            case "GSV":
                TakeGsv(line);
                break;
            case "TXT":
                Tell(Txt, System.Text.Encoding.Latin1.GetBytes(line));
                Keep("TXT", line);
                break;
            case "GGA" or "GLL" or "GST" or "VTG" or "ZDA":
                Keep(type[2..], line);
                break;
            case "GBS":
                Tell(Other, System.Text.Encoding.Latin1.GetBytes(line));
                break;
        }
    }

    private void TakeRmc(string line)
    {
        var rmc = NmeaSentences.ReadRmc(line);
        if (!rmc.IsWhole) return;
        Keep("RMC", line);
        if (rmc.IsValid)
        {
            Position = rmc;
            if (SetsClock && (!_isFixed || Ticks - _fixedAt > ClockLifeMs)) SetClock(rmc);
            if (!_isFixed)
            {
                board.Log.Write(LogLevel.Info, Tag, $"Fixed {rmc.Latitude.Value} {rmc.Longitude.Value}");
                Publish("FIXED");
            }

            (_isFixed, _fixedAt) = (true, Ticks);
            return;
        }

        if (_isFixed && Position.IsValid)
        {
            board.Log.Write(LogLevel.Info, Tag, "Lose");
            Publish("LOSE");
        }

        _isFixed = false;
        Position = Position with { IsValid = false, Date = rmc.Date, Time = rmc.Time };
    }

    /// <summary>The first of a group clears the earlier group of the same talker.</summary>
    private void TakeGsv(string line)
    {
        var gsv = NmeaSentences.ReadGsv(line);
        if (!gsv.IsWhole) return;
        if (gsv.Number == 1) Empty(_gsv, kept => kept.Text.StartsWith(line[..6], StringComparison.Ordinal));
        var free = Array.FindIndex(_gsv, kept => kept is not { Text.Length: > 0 });
        if (free >= 0) Keep(ref _gsv[free], line);
    }

    /// <summary>Where there is no memory, nothing is kept.</summary>
    private void Keep(ref Kept? slot, string line)
    {
        if (slot is not null || heap.TryAllocate(SentenceBytes)) slot = new Kept(line, Ticks);
    }

    private void Keep(string kind, string line)
    {
        if (_last.ContainsKey(kind) || heap.TryAllocate(SentenceBytes)) _last[kind] = new Kept(line, Ticks);
    }

    private void SetClock(NmeaSentences.Rmc rmc)
    {
        board.Log.Write(LogLevel.Info, Tag, "Auto-Set RTC by GNSS RMC");
        var (year, month, day, time) = NmeaTime.With(rmc.Date, rmc.Time);
        if (year == 0) return;
        var date = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(month - 1).AddDays(day - 1);
        calendar.Set(date + new TimeSpan(time.Hour, time.Minute, time.Second), board.Now);
    }

    private void Publish(string state) =>
        board.Post(new SystemTopicMessage(board.Log, null, "GNSS_STATE", state, (int)Ticks));

    private void Tell(ScriptCallback callback, ReadOnlyMemory<byte> data)
    {
        if (callback.Function.IsNil || !heap.TryAllocate(data.Length)) return;
        board.Post(new GnssData(callback, heap, data));
    }

    private static void Empty(Kept?[] slots, Func<Kept, bool> isOver)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i] is { } kept && isOver(kept)) slots[i] = new Kept("", 0);
        }
    }
}
