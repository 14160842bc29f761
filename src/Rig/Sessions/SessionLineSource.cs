using System.Buffers.Binary;
using ZstdSharp;

namespace AirHil.Rig.Sessions;

/// <summary>The lines of a session file, unpacked.</summary>
internal sealed class SessionLineSource : IDisposable
{
    /// <summary>Bytes of a line at most; scripts of several files are the longest (2 MiB, escaped).</summary>
    private const int LongestLine = 16 << 20;

    /// <summary>
    /// How much may come out of a packed file: so much in any case, and so many times what was read of it. Recordings
    /// grow about 20 times.
    /// </summary>
    private const long FreeGrowth = 32 << 20;
    private const long MostGrowth = 150;

    private readonly Stream _file;
    private readonly Stream _unpacked;
    private readonly string _name;
    private readonly SessionCompression _packing;
    private long _total;
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _scanned;
    private int _end;
    private bool _isOver;

    /// <exception cref="SessionFormatException">The file's packing is damaged.</exception>
    public SessionLineSource(Stream file, string name)
    {
        _file = file;
        _name = name;
        Span<byte> first = stackalloc byte[4];
        var read = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        file.Position = 0;
        _packing = SessionPacking.ByContent(first[..read]);
        _unpacked = SessionPacking.Unpack(file, _packing);
    }

    /// <summary>The number of the line taken last, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>At the end: bytes were left that make no whole line.</summary>
    public bool HasRest => _end > _start;

    /// <summary>At the end: the packing does not end as it should.</summary>
    public bool IsPackingCut { get; private set; }

    /// <summary>The next line with its line end; false where no whole line is left.</summary>
    /// <exception cref="SessionFormatException">The file's packing is damaged.</exception>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            if (end >= 0)
            {
                end += _scanned + 1;
                line = _buffer.AsSpan(_start, end - _start);
                _start = _scanned = end;
                Line++;
                return true;
            }

            _scanned = _end;
            if (_isOver || !Fill())
            {
                line = default;
                return false;
            }
        }
    }

    public void Dispose()
    {
        if (!ReferenceEquals(_unpacked, _file)) _unpacked.Dispose();
        _file.Dispose();
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _scanned, _end) = (0, _scanned - _start, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestLine)
            {
                throw new SessionFormatException(_name, Line + 1, "a line has more than 16 MiB; this is no session");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            var read = _unpacked.Read(_buffer.AsSpan(_end));
            _end += read;
            _total += read;
            if (_packing != SessionCompression.None && _total - FreeGrowth > MostGrowth * _file.Position)
            {
                throw new SessionFormatException(
                    _name, Line + 1,
                    $"more than {MostGrowth} times the size of the file comes out of it; this is no recording");
            }

            _isOver = read == 0;
            if (_isOver && _packing == SessionCompression.Gzip) IsPackingCut = !IsWholeGzip();
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException or ZstdException)
        {
            // Where the packed bytes have come to their end, the tail is missing; anywhere else they are wrong.
            if (_file.Position < _file.Length)
            {
                throw new SessionFormatException(
                    _name, Line + 1, $"the packed bytes were changed after they were recorded ({problem.Message})",
                    problem);
            }

            (_isOver, IsPackingCut) = (true, true);
        }

        return !_isOver;
    }

    /// <summary>Whether the trailer tells the size that came out (RFC 1952 §2.3.1): nobody else misses it.</summary>
    private bool IsWholeGzip()
    {
        Span<byte> size = stackalloc byte[4];
        if (_file.Length < size.Length) return false;
        _file.Position = _file.Length - size.Length;
        _file.ReadExactly(size);
        return BinaryPrimitives.ReadUInt32LittleEndian(size) == (uint)_total;
    }
}
