namespace AirHil.VirtualModem.Displays;

/// <summary>
/// QR codes (ISO/IEC 18004) as V1112's library makes them: one segment, the smallest version that holds it with the
/// lowest correction, then the highest correction that fits in that version, and the mask with the fewest penalties.
/// </summary>
internal sealed class QrCode
{
    private const int LargestVersion = 40;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private readonly bool[,] _isDark;
    private readonly bool[,] _isFixed;

    private QrCode(int version, int level, byte[] codewords)
    {
        Size = (version * 4) + 17;
        (_isDark, _isFixed) = (new bool[Size, Size], new bool[Size, Size]);
        DrawFixed(version);
        Place(codewords);
        var best = Enumerable.Range(0, 8).MinBy(mask =>
        {
            Mask(mask);
            DrawFormat(level, mask);
            var penalty = QrPenalty.Of(_isDark);
            Mask(mask);
            return penalty;
        });
        Mask(best);
        DrawFormat(level, best);
    }

    /// <summary>Modules of a side.</summary>
    public int Size { get; }

    public bool this[int x, int y] => _isDark[y, x];

    /// <summary>Null: the text is too long. It ends at a zero byte.</summary>
    public static QrCode? Of(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)0);
        var bytes = (end < 0 ? text : text[..end]).ToArray();
        var mode = bytes.All(b => b is >= (byte)'0' and <= (byte)'9') ? QrMode.Numeric
            : bytes.All(b => Alphabet.Contains((char)b, StringComparison.Ordinal)) ? QrMode.Alphanumeric
            : QrMode.Byte;
        for (var version = 1; version <= LargestVersion; version++)
        {
            var bits = QrBits.Of(mode, bytes, Alphabet, version);
            if (bits is null || bits.Count > QrTables.DataCodewords(version, 0) * 8) continue;
            var level = Enumerable.Range(0, 4).Last(l => bits.Count <= QrTables.DataCodewords(version, l) * 8);
            var data = QrBits.Pad(bits, QrTables.DataCodewords(version, level));
            return new QrCode(version, level, QrCorrection.Interleave(data, version, level));
        }

        return null;
    }

    private void DrawFixed(int version)
    {
        for (var i = 0; i < Size; i++)
        {
            Fix(6, i, i % 2 == 0);
            Fix(i, 6, i % 2 == 0);
        }

        foreach (var (x, y) in new[] { (3, 3), (Size - 4, 3), (3, Size - 4) }) DrawFinder(x, y);
        var places = QrTables.AlignmentPlaces(version);
        for (var i = 0; i < places.Length; i++)
        {
            for (var j = 0; j < places.Length; j++)
            {
                var isCorner = (i, j) == (0, 0) || (i, j) == (0, places.Length - 1) || (i, j) == (places.Length - 1, 0);
                if (!isCorner) DrawAlignment(places[i], places[j]);
            }
        }

        DrawFormat(0, 0);
        if (version < 7) return;
        var rest = version;
        for (var i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >> 11) * 0x1F25);
        var bits = (version << 12) | rest;
        for (var i = 0; i < 18; i++)
        {
            var (a, b) = (Size - 11 + (i % 3), i / 3);
            Fix(a, b, (bits >> i & 1) != 0);
            Fix(b, a, (bits >> i & 1) != 0);
        }
    }

    private void DrawFinder(int x, int y)
    {
        for (var dy = -4; dy <= 4; dy++)
        {
            for (var dx = -4; dx <= 4; dx++)
            {
                var ring = Math.Max(Math.Abs(dx), Math.Abs(dy));
                if (x + dx < 0 || x + dx >= Size || y + dy < 0 || y + dy >= Size) continue;
                Fix(x + dx, y + dy, ring is not (2 or 4));
            }
        }
    }

    private void DrawAlignment(int x, int y)
    {
        for (var dy = -2; dy <= 2; dy++)
        {
            for (var dx = -2; dx <= 2; dx++) Fix(x + dx, y + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) != 1);
        }
    }

    /// <summary>Twice, around the finders, with the module that is always dark.</summary>
    private void DrawFormat(int level, int mask)
    {
        var data = (new[] { 1, 0, 3, 2 }[level] << 3) | mask;
        var rest = data;
        for (var i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
        var bits = ((data << 10) | rest) ^ 0x5412;
        bool Bit(int i) => (bits >> i & 1) != 0;
        for (var i = 0; i <= 5; i++) Fix(8, i, Bit(i));
        Fix(8, 7, Bit(6));
        Fix(8, 8, Bit(7));
        Fix(7, 8, Bit(8));
        for (var i = 9; i < 15; i++) Fix(14 - i, 8, Bit(i));
        for (var i = 0; i < 8; i++) Fix(Size - 1 - i, 8, Bit(i));
        for (var i = 8; i < 15; i++) Fix(8, Size - 15 + i, Bit(i));
        Fix(8, Size - 8, true);
    }

    private void Fix(int x, int y, bool isDark) => (_isDark[y, x], _isFixed[y, x]) = (isDark, true);

    /// <summary>Two columns at a time from the right, up and down in turns; the timing column is left out.</summary>
    private void Place(byte[] codewords)
    {
        var next = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            if (right == 6) right = 5;
            for (var step = 0; step < Size; step++)
            {
                for (var x = right; x > right - 2; x--)
                {
                    var y = ((right + 1) & 2) == 0 ? Size - 1 - step : step;
                    if (_isFixed[y, x] || next >= codewords.Length * 8) continue;
                    _isDark[y, x] = (codewords[next / 8] >> (7 - (next % 8)) & 1) != 0;
                    next++;
                }
            }
        }
    }

    private void Mask(int mask)
    {
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var turns = mask switch
                {
                    0 => (x + y) % 2,
                    1 => y % 2,
                    2 => x % 3,
                    3 => (x + y) % 3,
                    4 => ((x / 3) + (y / 2)) % 2,
                    5 => (x * y % 2) + (x * y % 3),
                    6 => ((x * y % 2) + (x * y % 3)) % 2,
                    _ => (((x + y) % 2) + (x * y % 3)) % 2,
                };
                _isDark[y, x] ^= turns == 0 && !_isFixed[y, x];
            }
        }
    }
}
