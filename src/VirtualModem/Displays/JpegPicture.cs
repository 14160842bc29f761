namespace AirHil.VirtualModem.Displays;

/// <summary>Decodes the scan of a picture in JPEG unit by unit, with the numbers of TJpgDec.</summary>
internal sealed class JpegPicture
{
    private const int One = 1024;
    private const int RedOfCr = 1435;
    private const int GreenOfCb = 352;
    private const int GreenOfCr = 731;
    private const int BlueOfCb = 1814;

    private readonly JpegHead _head;
    private readonly JpegBits _bits;
    private readonly short[] _last = new short[3];
    private readonly short[] _values;
    private int _x;
    private int _y;
    private int _sinceRestart;
    private int _restarts;

    /// <param name="file">The whole file.</param>
    /// <exception cref="JpegException">The decoder refuses it.</exception>
    public JpegPicture(ReadOnlyMemory<byte> file)
    {
        _head = JpegHead.Read(file);
        _bits = new JpegBits(_head.Scan);
        _values = new short[(Blocks + 2) * JpegBlock.Size];
    }

    private int Blocks => _head.Across * _head.Down;

    /// <summary>The next rectangle, from the left and from the top; null: that was all.</summary>
    /// <exception cref="JpegException">The file ends, or is broken.</exception>
    public JpegPart? Next()
    {
        if (_y >= _head.Height) return null;
        if (_head.RestartAfter > 0 && _sinceRestart++ == _head.RestartAfter)
        {
            _bits.Restart(_restarts++);
            Array.Clear(_last);
            _sinceRestart = 1;
        }

        for (var i = 0; i < Blocks + 2; i++)
        {
            var component = i < Blocks ? 0 : i - Blocks + 1;
            var target = _values.AsSpan(i * JpegBlock.Size, JpegBlock.Size);
            if (component < _head.Components) Load(component, target);
            else target.Fill(128);
        }

        var part = Part();
        _x += _head.Across * 8;
        if (_x >= _head.Width) (_x, _y) = (0, _y + (_head.Down * 8));
        return part;
    }

    private void Load(int component, Span<short> target)
    {
        Span<int> block = stackalloc int[JpegBlock.Size];
        block.Clear();
        var factors = _head.Factors(component);
        var first = _bits.Code(_head.FirstCodes(component));
        int level = _last[component];
        if (first > 0) level += _bits.Number(first);
        _last[component] = unchecked((short)level);
        unchecked
        {
            block[0] = (level * factors[0]) >> 8;
            var i = 1;
            for (; i < JpegBlock.Size; i++)
            {
                var code = _bits.Code(_head.OtherCodes(component));
                if (code == 0) break;
                i += code >> 4;
                if (i >= JpegBlock.Size) throw new JpegException(JpegError.Broken);
                if ((code & 15) == 0) continue;
                var place = JpegBlock.Order[i];
                block[place] = (_bits.Number(code & 15) * factors[place]) >> 8;
            }

            if (i == 1) target.Fill((short)((block[0] / 256) + 128));
            else JpegBlock.Transform(block, target);
        }
    }

    private JpegPart Part()
    {
        var width = Math.Min(_head.Across * 8, _head.Width - _x);
        var height = Math.Min(_head.Down * 8, _head.Height - _y);
        var pixels = new ushort[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) pixels[(y * width) + x] = Pixel(x, y);
        }

        return new JpegPart(_x, _y, _x + width - 1, _y + height - 1, pixels);
    }

    private ushort Pixel(int x, int y)
    {
        var block = ((y / 8) * _head.Across) + (x / 8);
        var brightness = _values[(block * JpegBlock.Size) + (y % 8 * 8) + (x % 8)];
        var colour = (Blocks * JpegBlock.Size) + (y / _head.Down * 8) + (x / _head.Across);
        var (cb, cr) = (_values[colour] - 128, _values[colour + JpegBlock.Size] - 128);
        var red = Byte(brightness + (RedOfCr * cr / One));
        var green = Byte(brightness - (((GreenOfCb * cb) + (GreenOfCr * cr)) / One));
        var blue = Byte(brightness + (BlueOfCb * cb / One));
        return (ushort)(((red & 0xF8) << 8) | ((green & 0xFC) << 3) | (blue >> 3));
    }

    /// <summary>Limited to a byte; the decoder's table has places for -512 to 511, and others come round.</summary>
    private static int Byte(int value)
    {
        var place = value & 0x3FF;
        return place >= 512 ? 0 : Math.Min(place, 255);
    }
}
