using System.Security.Cryptography;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Sessions;

/// <summary>
/// SHA-256 over the events of a session, in order, and over nothing else: samples of vitals are no events of it. What
/// is hashed are the lines of the events as a file holds them (<see cref="EventLines"/>), line ends included, so that
/// anybody can take the hash of a file.
/// </summary>
internal sealed class SessionHash : IDisposable
{
    private const int Full = 4096;
    private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly EventLines _lines = new();
    private readonly LineBuffer _buffer = new(2 * Full);

    /// <summary>The hash over everything added so far, 64 hex digits in lower case.</summary>
    public string Current()
    {
        Flush();
        return Convert.ToHexStringLower(_sha.GetCurrentHash());
    }

    public void Dispose() => _sha.Dispose();

    /// <summary>Adds the event.</summary>
    /// <returns>Its line with the line end, valid until the next call; empty for a sample of vitals.</returns>
    public ReadOnlySpan<byte> Add(SessionEvent e)
    {
        if (e.Lane == SessionLane.Vitals) return default;
        if (_buffer.Length >= Full) Flush();
        var start = _buffer.Length;
        _lines.Write(_buffer, e);
        return _buffer.Written[start..];
    }

    /// <summary>An event that stands as a line already.</summary>
    internal void AddLine(ReadOnlySpan<byte> line)
    {
        Flush();
        _sha.AppendData(line);
    }

    private void Flush()
    {
        if (_buffer.Length == 0) return;
        _sha.AppendData(_buffer.Written);
        _buffer.Clear();
    }
}
