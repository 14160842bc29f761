using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Sessions;

/// <summary>
/// SHA-256 over the events of a session, in order, and over nothing else: samples of vitals are no
/// events of it. The encoding of one event, little-endian:
/// time (8 bytes, units of 100 ns), lane (1), tick (1 byte whether there is one, then 8), and kind, text, bytes and
/// modem, each as its length (4 bytes) and its content, text in UTF-8.
/// </summary>
public sealed class SessionHash : IDisposable
{
    private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[4096];
    private int _filled;

    public void Add(SessionEvent e)
    {
        if (e.Lane == SessionLane.Vitals) return;
        Add(e.At.Ticks);
        Reserve(2);
        _buffer[_filled++] = (byte)e.Lane;
        _buffer[_filled++] = e.Tick is null ? (byte)0 : (byte)1;
        if (e.Tick is { } tick) Add(tick.Ticks);
        Add(e.Kind);
        Add(e.Text);
        Add(e.Bytes.Span);
        Add(e.Modem);
    }

    /// <summary>The hash over everything added so far, 64 hex digits in lower case.</summary>
    public string Current()
    {
        Flush();
        return Convert.ToHexStringLower(_sha.GetCurrentHash());
    }

    public void Dispose() => _sha.Dispose();

    private void Add(long value)
    {
        Reserve(8);
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_filled), value);
        _filled += 8;
    }

    private void Add(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most + 4 > _buffer.Length)
        {
            Add(Encoding.UTF8.GetBytes(text));
            return;
        }

        Reserve(most + 4);
        var length = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_filled + 4));
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_filled), length);
        _filled += 4 + length;
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Reserve(4);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_filled), bytes.Length);
        _filled += 4;
        if (bytes.Length > _buffer.Length)
        {
            Flush();
            _sha.AppendData(bytes);
            return;
        }

        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_filled));
        _filled += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (_filled + count > _buffer.Length) Flush();
    }

    private void Flush()
    {
        _sha.AppendData(_buffer.AsSpan(0, _filled));
        _filled = 0;
    }
}
