using System.Globalization;
using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Cli.Output;

/// <summary>Writes the log as the vendor's tool shows it: the module's own tick, then the record.</summary>
internal sealed class LogWriter(Stream output) : IDisposable
{
    private readonly BufferedStream _output = new(output, 1 << 16);

    public void Write(Sighting sighting)
    {
        var e = sighting.Event;
        if (e.Lane != SessionLane.Log) return;
        var tickMs = (long)(e.Tick ?? TimeSpan.Zero).TotalMilliseconds;
        Span<byte> stamp = stackalloc byte[16];
        var text = string.Create(CultureInfo.InvariantCulture, $"[{tickMs / 1000:000000000}.{tickMs % 1000:000}] ");
        var length = Encoding.ASCII.GetBytes(text, stamp);
        _output.Write(stamp[..length]);
        _output.Write(e.Bytes.Span);
        _output.WriteByte((byte)'\n');
    }

    public void Flush() => _output.Flush();

    public void Dispose() => _output.Dispose();
}
