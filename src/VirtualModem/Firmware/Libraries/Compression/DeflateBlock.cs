namespace AirHil.VirtualModem.Firmware.Libraries.Compression;

/// <summary>The literals and matches of one block, and how they are written.</summary>
internal sealed class DeflateBlock
{
    /// <summary>A block of fewer bytes has no table of its own.</summary>
    private const int SmallBlock = 48;

    private const int LengthSymbols = 19;
    private const int LongestLengthCode = 7;
    private const int FewestLiterals = 257;
    private const int MostLiterals = 286;
    private const int MostDistances = 30;
    private const int FewestLengths = 4;
    private const int LongestRepeat = 6;
    private const int LongestZeros = 138;
    private const int LongestShortZeros = 10;
    private const int RepeatSymbol = 16;
    private const int ZerosSymbol = 17;
    private const int ManyZerosSymbol = 18;

    private readonly List<(int Length, int Distance)> _codes = [];
    private readonly int[] _literals = new int[DeflateSymbols.Literals];
    private readonly int[] _distances = new int[DeflateSymbols.Distances];

    /// <summary>Literals and matches.</summary>
    public int Codes => _codes.Count;

    /// <summary>Bytes that they stand for.</summary>
    public int Bytes { get; private set; }

    public void AddLiteral(byte value)
    {
        _codes.Add((value, 0));
        _literals[value]++;
        Bytes++;
    }

    public void AddMatch(int length, int distance)
    {
        _codes.Add((length, distance));
        _literals[DeflateSymbols.OfLength(length).Symbol]++;
        _distances[DeflateSymbols.OfDistance(distance).Symbol]++;
        Bytes += length;
    }

    public void Clear()
    {
        _codes.Clear();
        Array.Clear(_literals);
        Array.Clear(_distances);
        Bytes = 0;
    }

    /// <summary>Writes it; as it is where it would not become shorter.</summary>
    public void Write(BitWriter writer, ReadOnlySpan<byte> data, bool isLast, bool asItIs, bool isFixed)
    {
        writer.Write(isLast ? 1 : 0, 1);
        var start = writer.Place;
        if (!asItIs) WriteCodes(writer, isFixed || Bytes < SmallBlock);
        if (!asItIs && (Bytes == 0 || writer.Place.Bytes - start.Bytes + 1 < Bytes)) return;
        writer.GoBack(start);
        writer.Write(0, 2);
        writer.Align();
        writer.Write(data.Length, 16);
        writer.Write(data.Length ^ 0xFFFF, 16);
        foreach (var value in data) writer.Write(value, 8);
    }

    private void WriteCodes(BitWriter writer, bool isFixed)
    {
        HuffmanCode literals, distances;
        if (isFixed)
        {
            literals = HuffmanCode.OfLengths(DeflateSymbols.FixedLiteralLengths());
            distances = HuffmanCode.OfLengths(DeflateSymbols.FixedDistanceLengths());
            writer.Write(1, 2);
        }
        else
        {
            _literals[DeflateSymbols.EndOfBlock] = 1;
            literals = HuffmanCode.OfCounts(_literals, DeflateSymbols.LongestCode);
            distances = HuffmanCode.OfCounts(_distances, DeflateSymbols.LongestCode);
            writer.Write(2, 2);
            WriteTable(writer, literals.Lengths, distances.Lengths);
        }

        foreach (var (length, distance) in _codes)
        {
            if (distance == 0)
            {
                Put(writer, literals, length);
                continue;
            }

            Put(writer, literals, DeflateSymbols.OfLength(length));
            Put(writer, distances, DeflateSymbols.OfDistance(distance));
        }

        Put(writer, literals, DeflateSymbols.EndOfBlock);
    }

    private static void Put(BitWriter writer, HuffmanCode code, int symbol) =>
        writer.Write(code.Codes[symbol], code.Lengths[symbol]);

    private static void Put(BitWriter writer, HuffmanCode code, (int Symbol, int Extra, int Bits) value)
    {
        Put(writer, code, value.Symbol);
        writer.Write(value.Extra, value.Bits);
    }

    private static void WriteTable(BitWriter writer, byte[] literals, byte[] distances)
    {
        var literalCount = Used(literals, MostLiterals, FewestLiterals);
        var distanceCount = Used(distances, MostDistances, 1);
        var packed = Pack([.. literals[..literalCount], .. distances[..distanceCount]]);
        var counts = new int[LengthSymbols];
        foreach (var (symbol, _) in packed) counts[symbol]++;
        var code = HuffmanCode.OfCounts(counts, LongestLengthCode);
        writer.Write(literalCount - FewestLiterals, 5);
        writer.Write(distanceCount - 1, 5);
        var order = DeflateSymbols.LengthOrder;
        var lengths = order.Length;
        while (lengths > FewestLengths && code.Lengths[order[lengths - 1]] == 0) lengths--;
        writer.Write(lengths - FewestLengths, 4);
        foreach (var symbol in order[..lengths]) writer.Write(code.Lengths[symbol], 3);
        foreach (var (symbol, extra) in packed)
        {
            Put(writer, code, symbol);
            if (symbol >= RepeatSymbol) writer.Write(extra, DeflateSymbols.RunBits[symbol - RepeatSymbol]);
        }
    }

    private static int Used(byte[] lengths, int most, int least)
    {
        while (most > least && lengths[most - 1] == 0) most--;
        return most;
    }

    /// <summary>Runs of equal lengths as symbols of their own.</summary>
    private static List<(int Symbol, int Extra)> Pack(byte[] lengths)
    {
        var packed = new List<(int Symbol, int Extra)>();
        var (zeros, repeats, before) = (0, 0, -1);
        foreach (var length in lengths)
        {
            if (length == 0)
            {
                EndRepeats(packed, ref repeats, before);
                if (++zeros == LongestZeros) EndZeros(packed, ref zeros);
            }
            else
            {
                EndZeros(packed, ref zeros);
                if (length != before)
                {
                    EndRepeats(packed, ref repeats, before);
                    packed.Add((length, 0));
                }
                else if (++repeats == LongestRepeat)
                {
                    EndRepeats(packed, ref repeats, before);
                }
            }

            before = length;
        }

        EndRepeats(packed, ref repeats, before);
        EndZeros(packed, ref zeros);
        return packed;
    }

    private static void EndRepeats(List<(int Symbol, int Extra)> packed, ref int repeats, int length)
    {
        if (repeats >= 3) packed.Add((RepeatSymbol, repeats - 3));
        else packed.AddRange(Enumerable.Repeat((length, 0), repeats));
        repeats = 0;
    }

    private static void EndZeros(List<(int Symbol, int Extra)> packed, ref int zeros)
    {
        if (zeros > LongestShortZeros) packed.Add((ManyZerosSymbol, zeros - 11));
        else if (zeros >= 3) packed.Add((ZerosSymbol, zeros - 3));
        else packed.AddRange(Enumerable.Repeat((0, 0), zeros));
        zeros = 0;
    }
}
