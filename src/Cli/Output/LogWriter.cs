using System.Globalization;
using System.Text;
using AirHil.Cli.Streams;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Cli.Output;

/// <summary>
/// Writes the log as the vendor's tool shows it: the module's own tick, then the record, without control sequences. A
/// recording has every byte.
/// </summary>
internal sealed class LogWriter(Stream output) : IDisposable
{
    private readonly BufferedStream _output = new(output, 1 << 16);

    /// <summary>Nobody reads any more, as after `| head`.</summary>
    public bool IsClosed { get; private set; }

    public void Write(Sighting sighting)
    {
        var e = sighting.Event;
        if (e.Lane != SessionLane.Log || IsClosed) return;
        try
        {
            Write(e);
        }
        catch (IOException)
        {
            IsClosed = true;
        }
    }

    public void Flush()
    {
        if (IsClosed) return;
        try
        {
            _output.Flush();
        }
        catch (IOException)
        {
            IsClosed = true;
        }
    }

    public void Dispose()
    {
        Flush();
        // A closed pipe would throw once more, for what is still in the buffer.
        if (!IsClosed) _output.Dispose();
    }

    private void Write(SessionEvent e)
    {
        var tickMs = (long)(e.Tick ?? TimeSpan.Zero).TotalMilliseconds;
        Span<byte> stamp = stackalloc byte[32];
        var text = string.Create(CultureInfo.InvariantCulture, $"[{tickMs / 1000:000000000}.{tickMs % 1000:000}] ");
        var length = Encoding.ASCII.GetBytes(text, stamp);
        _output.Write(stamp[..length]);
        PlainText.Write(_output, e.Bytes.Span);
        _output.WriteByte((byte)'\n');
    }
}
