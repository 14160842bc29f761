using System.Buffers.Binary;

namespace AirHil.VirtualModem.Displays;

/// <summary>
/// The head of a picture in JPEG, up to the scan, read as TJpgDec reads it: baseline, grey or in colours, with
/// whole, half or quarter colour (L:components/tjpgd/tjpgd.c). Its memory is that of V1112.
/// </summary>
internal sealed class JpegHead
{
    private const int BufferBytes = 512;
    private const int MemoryBytes = 3500 * 3;
    private const int TableBytes = JpegBlock.Size * 4;
    private const int ShortCodes = 1024;
    private const int LargestFirst = 11;

    private readonly ReadOnlyMemory<byte> _file;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly byte[] _tableOf = new byte[3];
    private readonly int[]?[] _factors = new int[]?[4];
    private readonly JpegCodes?[] _codes = new JpegCodes?[4];
    private int _memory = MemoryBytes;
    private int _at;

    private JpegHead(ReadOnlyMemory<byte> file) => _file = file;

    public int Width { get; private set; }
    public int Height { get; private set; }

    /// <summary>1: grey, 3: in colours.</summary>
    public int Components { get; private set; }

    /// <summary>Blocks of brightness beside each other in a unit of the picture: 1 or 2.</summary>
    public int Across { get; private set; }

    /// <summary>Blocks of brightness below each other: 1 or 2.</summary>
    public int Down { get; private set; }

    /// <summary>After so many units a marker comes; 0: never.</summary>
    public int RestartAfter { get; private set; }

    /// <summary>What is behind the head.</summary>
    public ReadOnlyMemory<byte> Scan => _file[_at..];

    /// <exception cref="JpegException">The decoder refuses it.</exception>
    public static JpegHead Read(ReadOnlyMemory<byte> file)
    {
        var head = new JpegHead(file);
        head.Take(BufferBytes);
        var marker = 0;
        while (marker != 0xFFD8) marker = ((marker << 8) | head.Bytes(1)[0]) & 0xFFFF;
        while (head.Segment())
        {
        }

        return head;
    }

    /// <summary>By place in the block, with the transform's scale.</summary>
    public int[] Factors(int component) => _factors[_tableOf[component]]!;

    public JpegCodes FirstCodes(int component) => _codes[component == 0 ? 0 : 1]!;

    public JpegCodes OtherCodes(int component) => _codes[component == 0 ? 2 : 3]!;

    /// <summary>Reads a segment; false: the scan follows.</summary>
    private bool Segment()
    {
        var start = Bytes(4);
        var (marker, length) = (start[1], BinaryPrimitives.ReadUInt16BigEndian(start[2..]) - 2);
        if (length <= 0 || start[0] != 0xFF) throw new JpegException(JpegError.Broken);
        switch (marker)
        {
            case 0xC0:
                Frame(Content(length));
                break;
            case 0xDD:
                RestartAfter = BinaryPrimitives.ReadUInt16BigEndian(Content(length));
                break;
            case 0xC4:
                Codes(Content(length)[..length]);
                break;
            case 0xDB:
                Tables(Content(length)[..length]);
                break;
            case 0xDA:
                BeginScan(Content(length));
                return false;
            case (>= 0xC1 and <= 0xCF and not (0xC8 or 0xCC)) or 0xD9:
                throw new JpegException(JpegError.Unsupported, true);
            default:
                if (_file.Length - _at < length) throw new JpegException(JpegError.Input);
                _at += length;
                break;
        }

        return true;
    }

    private void Frame(ReadOnlySpan<byte> segment)
    {
        Height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        Width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        Components = segment[5];
        Require(Components is 1 or 3, JpegError.Unsupported);
        for (var i = 0; i < Components; i++)
        {
            var sampling = segment[7 + (3 * i)];
            Require(sampling == 0x11 || (i == 0 && sampling is 0x21 or 0x22), JpegError.Unsupported);
            if (i == 0) (Across, Down) = (sampling >> 4, sampling & 15);
            _tableOf[i] = segment[8 + (3 * i)];
            Require(_tableOf[i] <= 3, JpegError.Unsupported);
        }
    }

    private void Codes(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0)
        {
            Require(rest.Length >= 17 && (rest[0] & 0xEE) == 0, JpegError.Broken);
            var (isOther, number) = (rest[0] >> 4, rest[0] & 1);
            var counts = rest.Slice(1, 16);
            rest = rest[17..];
            var sum = 0;
            foreach (var count in counts) sum += count;
            Take(16);
            Take(sum * 2);
            Require(rest.Length >= sum, JpegError.Broken);
            Take(sum);
            var values = rest[..sum];
            Require(isOther == 1 || !values.ContainsAnyExceptInRange((byte)0, (byte)LargestFirst), JpegError.Broken);
            Take(isOther == 1 ? ShortCodes * 2 : ShortCodes);
            _codes[(isOther * 2) + number] = new JpegCodes(counts, values);
            rest = rest[sum..];
        }
    }

    private void Tables(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0)
        {
            Require(rest.Length > JpegBlock.Size && (rest[0] & 0xF0) == 0, JpegError.Broken);
            Take(TableBytes);
            var table = new int[JpegBlock.Size];
            for (var i = 0; i < table.Length; i++)
            {
                var place = JpegBlock.Order[i];
                table[place] = rest[1 + i] * JpegBlock.Scales[place];
            }

            _factors[rest[0] & 3] = table;
            rest = rest[(JpegBlock.Size + 1)..];
        }
    }

    private void BeginScan(ReadOnlySpan<byte> segment)
    {
        Require(Width > 0 && Height > 0, JpegError.Broken);
        Require(segment[0] == Components, JpegError.Unsupported);
        for (var i = 0; i < Components; i++)
        {
            Require(segment[2 + (2 * i)] is 0x00 or 0x11, JpegError.Unsupported);
            var number = i == 0 ? 0 : 1;
            Require(_codes[number] is not null && _codes[2 + number] is not null, JpegError.Broken);
            Require(_factors[_tableOf[i]] is not null, JpegError.Broken);
        }

        var blocks = Across * Down;
        Take(Math.Max((blocks * JpegBlock.Size * 2) + JpegBlock.Size, 256));
        Take((blocks + 2) * JpegBlock.Size * 2);
    }

    private static void Require(bool condition, JpegError error)
    {
        if (!condition) throw new JpegException(error);
    }

    /// <summary>Takes memory, in whole words.</summary>
    private void Take(int bytes)
    {
        var whole = (bytes + 3) & ~3;
        Require(whole <= _memory, JpegError.Memory);
        _memory -= whole;
    }

    /// <summary>The buffer with a segment at its start; behind it stays what was there.</summary>
    private ReadOnlySpan<byte> Content(int length)
    {
        Require(length <= BufferBytes, JpegError.Segment);
        _ = Bytes(length);
        return _buffer;
    }

    private ReadOnlySpan<byte> Bytes(int count)
    {
        Require(_file.Length - _at >= count, JpegError.Input);
        _file.Span.Slice(_at, count).CopyTo(_buffer);
        _at += count;
        return _buffer.AsSpan(0, count);
    }
}
