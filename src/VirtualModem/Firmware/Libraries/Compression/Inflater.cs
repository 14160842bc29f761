namespace AirHil.VirtualModem.Firmware.Libraries.Compression;

/// <summary>
/// Inflate as miniz does it into a buffer of the firmware's size: one bad bit, an incomplete table, or more than fits,
/// and nothing comes back.
/// </summary>
internal sealed class Inflater(byte[] data)
{
    /// <summary>Bytes of the firmware's buffer: 13/10 of 24 KiB.</summary>
    private const int MostBytes = 31_948;

    private static readonly int[] LeastCounts = [257, 1, 4];
    private static readonly int[] CountBits = [5, 5, 4];

    private readonly List<byte> _result = [];
    private int _next;
    private uint _bits;
    private int _count;

    /// <summary>The bytes; null: they are not sound. What follows the end is not looked at.</summary>
    public byte[]? Run(bool hasZlibHeader)
    {
        try
        {
            if (hasZlibHeader) ReadHeader();
            while (ReadBlock())
            {
                // The next one follows at once.
            }

            Read(_count & 7);
            if (hasZlibHeader && !HasSum()) return null;
            return [.. _result];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void ReadHeader()
    {
        var (method, check) = (Read(8), Read(8));
        if (((method * 256) + check) % 31 != 0 || (check & 32) != 0 || (method & 15) != 8) throw Bad();
    }

    private bool HasSum()
    {
        uint sum = 0;
        for (var i = 0; i < 4; i++) sum = (sum << 8) | (uint)Read(8);
        return sum == Adler32.Of([.. _result]);
    }

    /// <summary>False: it was the last one.</summary>
    private bool ReadBlock()
    {
        var isLast = Read(1) != 0;
        switch (Read(2))
        {
            case 0:
                CopyBlock();
                break;
            case 1:
                Decode(new CodeReader(DeflateSymbols.FixedLiteralLengths()),
                    new CodeReader(DeflateSymbols.FixedDistanceLengths()));
                break;
            case 2:
                var (literals, distances) = ReadTables();
                Decode(literals, distances);
                break;
            default:
                throw Bad();
        }

        return !isLast;
    }

    private void CopyBlock()
    {
        Read(_count & 7);
        var length = Read(16);
        if (length != (Read(16) ^ 0xFFFF)) throw Bad();
        for (; length > 0; length--) Add((byte)Read(8));
    }

    private (CodeReader Literals, CodeReader Distances) ReadTables()
    {
        var counts = new int[3];
        for (var i = 0; i < 3; i++) counts[i] = Read(CountBits[i]) + LeastCounts[i];
        var ofLengths = new byte[DeflateSymbols.LengthOrder.Length];
        for (var i = 0; i < counts[2]; i++) ofLengths[DeflateSymbols.LengthOrder[i]] = (byte)Read(3);
        var code = new CodeReader(ofLengths);
        var lengths = new List<byte>();
        while (lengths.Count < counts[0] + counts[1])
        {
            var symbol = Symbol(code);
            if (symbol < 16)
            {
                lengths.Add((byte)symbol);
                continue;
            }

            if (symbol == 16 && lengths.Count == 0) throw Bad();
            var run = Read(DeflateSymbols.RunBits[symbol - 16]) + DeflateSymbols.RunBases[symbol - 16];
            lengths.AddRange(Enumerable.Repeat(symbol == 16 ? lengths[^1] : (byte)0, run));
        }

        if (lengths.Count != counts[0] + counts[1]) throw Bad();
        // The distances are made first.
        var distances = new CodeReader([.. lengths[counts[0]..]]);
        return (new CodeReader([.. lengths[..counts[0]]]), distances);
    }

    private void Decode(CodeReader literals, CodeReader distances)
    {
        while (true)
        {
            var symbol = Symbol(literals);
            if (symbol == DeflateSymbols.EndOfBlock) return;
            if (symbol < DeflateSymbols.EndOfBlock)
            {
                Add((byte)symbol);
                continue;
            }

            // The two symbols that deflate does not use stand for no byte, and are not refused.
            var length = symbol > 285 ? 0 : LengthOf(symbol);
            var distance = DistanceOf(Symbol(distances));
            if (distance == 0 || distance > _result.Count) throw Bad();
            for (; length > 0; length--) Add(_result[^distance]);
        }
    }

    private int LengthOf(int symbol)
    {
        if (symbol == 285) return DeflateSymbols.LongestMatch;
        if (symbol < 265) return symbol - 257 + DeflateSymbols.ShortestMatch;
        var bits = (symbol - 261) / 4;
        return DeflateSymbols.ShortestMatch + ((4 + ((symbol - 261) % 4)) << bits) + Read(bits);
    }

    private int DistanceOf(int symbol)
    {
        if (symbol > 29) return 0;
        if (symbol < 4) return symbol + 1;
        var bits = (symbol / 2) - 1;
        return 1 + ((2 + (symbol % 2)) << bits) + Read(bits);
    }

    private int Symbol(CodeReader code)
    {
        code.Begin();
        while (true)
        {
            if (code.Step(Read(1)) is { } symbol) return symbol;
        }
    }

    private void Add(byte value)
    {
        if (_result.Count == MostBytes) throw Bad();
        _result.Add(value);
    }

    private int Read(int bits)
    {
        for (; _count < bits; _count += 8)
        {
            if (_next == data.Length) throw Bad();
            _bits |= (uint)data[_next++] << _count;
        }

        var value = _bits & ((1u << bits) - 1);
        _bits >>= bits;
        _count -= bits;
        return (int)value;
    }

    private static InvalidDataException Bad() => new("The deflated data is not sound.");

    /// <summary>A code of which one bit after the other is read.</summary>
    private sealed class CodeReader
    {
        private readonly int[] _perLength = new int[DeflateSymbols.LongestCode + 1];
        private readonly int[] _symbols;
        private int _length;
        private int _code;
        private int _first;
        private int _index;

        public CodeReader(byte[] lengths)
        {
            foreach (var length in lengths) _perLength[length]++;
            var used = lengths.Length - _perLength[0];
            _perLength[0] = 0;
            var total = 0;
            for (var i = 1; i < _perLength.Length; i++) total = (total + _perLength[i]) << 1;
            if (total != 65_536 && used > 1) throw Bad();
            _symbols =
            [
                .. Enumerable.Range(0, lengths.Length).Where(symbol => lengths[symbol] != 0)
                    .OrderBy(symbol => lengths[symbol]),
            ];
        }

        public void Begin() => (_length, _code, _first, _index) = (0, 0, 0, 0);

        /// <summary>The symbol that ends with this bit; null: more bits belong to it.</summary>
        public int? Step(int bit)
        {
            if (++_length == _perLength.Length) throw Bad();
            _code |= bit;
            var count = _perLength[_length];
            if (_code - count < _first) return _symbols[_index + (_code - _first)];
            _index += count;
            _first = (_first + count) << 1;
            _code <<= 1;
            return null;
        }
    }
}
