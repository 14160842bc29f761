namespace AirHil.VirtualModem.Firmware.Libraries.Compression;

/// <summary>
/// Deflate as miniz does it in the form with little memory (L:components/miniz/miniz.c): matches of up to 258 bytes by
/// chains of equal hashes, lazily or greedily, in blocks. The bytes are those of V1112. With the firmware's usual flags
/// no match is looked for at all.
/// </summary>
internal sealed class Deflater
{
    private const int ProbesMask = 0xFFF;
    private const int ZlibHeader = 0x1000;
    private const int Greedy = 0x4000;
    private const int Runs = 0x10000;
    private const int Filter = 0x20000;
    private const int FixedBlocks = 0x40000;
    private const int RawBlocks = 0x80000;

    private const int HashBits = 12;

    /// <summary>A match of this length is searched less for a better one.</summary>
    private const int LongMatch = 32;

    /// <summary>A match of this length is taken without a look at the next.</summary>
    private const int GoodMatch = 128;

    /// <summary>A match of three bytes is not worth this distance.</summary>
    private const int FarAway = 8 * 1024;

    private const int FilteredMatch = 5;

    /// <summary>Bytes of the compressor's buffer of literals and matches, and how many of them end a block.</summary>
    private const int CodeBytes = 24 * 1024;

    private const int CodeReserve = 8;
    private const int LargeBlock = 31 * 1024;

    private readonly byte[] _data;
    private readonly int _flags;
    private readonly int[] _probes;
    private readonly int[] _earlier;
    private readonly BitWriter _writer = new();
    private readonly DeflateBlock _block = new();
    private int _blockStart;
    private int _codeBytes = 1;

    public Deflater(ReadOnlySpan<byte> data, int flags)
    {
        _data = data.ToArray();
        _flags = flags;
        var probes = flags & ProbesMask;
        _probes = [1 + ((probes + 2) / 3), 1 + (((probes >> 2) + 2) / 3)];
        _earlier = Chains(_data);
    }

    private bool Has(int flag) => (_flags & flag) != 0;

    public byte[] Run()
    {
        if (Has(ZlibHeader)) WriteHeader();
        var (savedLength, savedDistance, savedLiteral) = (0, 0, (byte)0);
        for (var place = 0; place < _data.Length;)
        {
            var step = 1;
            var (length, distance) = Match(place, savedLength);
            if (savedLength > 0)
            {
                if (length > savedLength)
                {
                    Literal(savedLiteral);
                    if (length >= GoodMatch)
                    {
                        Copy(length, distance);
                        (savedLength, step) = (0, length);
                    }
                    else
                    {
                        (savedLength, savedDistance, savedLiteral) = (length, distance, _data[place]);
                    }
                }
                else
                {
                    Copy(savedLength, savedDistance);
                    (step, savedLength) = (savedLength - 1, 0);
                }
            }
            else if (distance == 0)
            {
                Literal(_data[place]);
            }
            else if (Has(Greedy | Runs) || length >= GoodMatch)
            {
                Copy(length, distance);
                step = length;
            }
            else
            {
                (savedLength, savedDistance, savedLiteral) = (length, distance, _data[place]);
            }

            place += step;
            if (IsBlockFull) EndBlock(isLast: false);
        }

        EndBlock(isLast: true);
        _writer.Align();
        if (Has(ZlibHeader))
        {
            var sum = Adler32.Of(_data);
            for (var shift = 24; shift >= 0; shift -= 8) _writer.Write((int)((sum >> shift) & 0xFF), 8);
        }

        return _writer.ToArray();
    }

    private bool IsBlockFull => _codeBytes > CodeBytes - CodeReserve
        || (_block.Bytes > LargeBlock && (((_codeBytes * 115) >> 7) >= _block.Bytes || Has(RawBlocks)));

    /// <summary>The level in the header follows from the number of probes.</summary>
    private void WriteHeader()
    {
        const int method = 0x78;
        var level = (_flags & ProbesMask) switch
        {
            0 or 1 => 0,
            6 or 32 or 16 => 1,
            128 => 2,
            _ => 3,
        };
        var header = (method << 8) | (level << 6);
        header += 31 - (header % 31);
        _writer.Write(method, 8);
        _writer.Write(header & 0xFF, 8);
    }

    private void Literal(byte value)
    {
        _block.AddLiteral(value);
        Count(1);
    }

    private void Copy(int length, int distance)
    {
        _block.AddMatch(length, distance);
        Count(3);
    }

    /// <summary>Behind eight of them lies a byte more, which tells which are matches.</summary>
    private void Count(int bytes) => _codeBytes += bytes + (_block.Codes % 8 == 0 ? 1 : 0);

    private void EndBlock(bool isLast)
    {
        _block.Write(_writer, _data.AsSpan(_blockStart, _block.Bytes), isLast, Has(RawBlocks), Has(FixedBlocks));
        _blockStart += _block.Bytes;
        _block.Clear();
        _codeBytes = 1;
    }

    /// <summary>The best match at a place that is longer than the one known, or that one without a distance.</summary>
    private (int Length, int Distance) Match(int place, int known)
    {
        var ahead = Math.Min(DeflateSymbols.LongestMatch, _data.Length - place);
        var (length, distance) = (known > 0 ? known : DeflateSymbols.ShortestMatch - 1, 0);
        if (Has(Runs | RawBlocks))
        {
            if (place > 0 && !Has(RawBlocks)) (length, distance) = Run(place, ahead);
        }
        else if (ahead > length)
        {
            (length, distance) = Search(place, ahead, length);
        }

        var isPoor = (length == DeflateSymbols.ShortestMatch && distance >= FarAway) || place == distance
            || (Has(Filter) && length <= FilteredMatch);
        return isPoor ? (0, 0) : (length, distance);
    }

    /// <summary>How often the byte before is repeated.</summary>
    private (int Length, int Distance) Run(int place, int ahead)
    {
        var length = _data.AsSpan(place, ahead).IndexOfAnyExcept(_data[place - 1]);
        if (length < 0) length = ahead;
        return length < DeflateSymbols.ShortestMatch ? (0, 0) : (length, 1);
    }

    /// <summary>Three places of the chain are one probe; one that might do ends it early.</summary>
    private (int Length, int Distance) Search(int place, int ahead, int length)
    {
        var distance = 0;
        var probes = _probes[length >= LongMatch ? 1 : 0];
        var (candidate, left) = (place, 0);
        while (true)
        {
            if (left == 0)
            {
                if (--probes == 0) return (length, distance);
                left = 3;
            }

            left--;
            candidate = _earlier[candidate];
            if (candidate == 0) return (length, distance);
            if (_data[candidate + length] != _data[place + length]
                || _data[candidate + length - 1] != _data[place + length - 1])
            {
                continue;
            }

            left = 0;
            var common = _data.AsSpan(place, ahead).CommonPrefixLength(_data.AsSpan(candidate));
            if (common <= length) continue;
            (length, distance) = (common, place - candidate);
            if (length == ahead) return (length, distance);
        }
    }

    /// <summary>For each place the last one before it with the same hash; 0: none, so that place 0 is none.</summary>
    private static int[] Chains(byte[] data)
    {
        var last = new int[1 << HashBits];
        var earlier = new int[data.Length];
        for (var i = 0; i + 2 < data.Length; i++)
        {
            var hash = ((data[i] << 8) ^ (data[i + 1] << 4) ^ data[i + 2]) & (last.Length - 1);
            (earlier[i], last[hash]) = (last[hash], i);
        }

        return earlier;
    }
}
