using System.IO.Ports;
using System.Runtime.InteropServices;

namespace AirHil.Board.Ports;

/// <summary>
/// A serial port of Windows or macOS over System.IO.Ports, with that library's known troubles designed around
/// (reference bench §10): a new object for every opening; reads that are never cancelled, since bytes are lost with
/// them; its stream kept and disposed by itself; disposal off this thread, since it may hang; the device file watched,
/// since a handle may outlive its device in silence. Linux has <see cref="TerminalBytePort"/>.
/// </summary>
internal sealed class SerialBytePort : IBytePort
{
    /// <summary>One packet of full-speed USB: when the device goes, no more than this is in doubt.</summary>
    private const int WritePiece = 64;

    /// <summary>What one read of the stream brings at most.</summary>
    private const int ReadPiece = 16 << 10;

    private readonly SerialPort _port;
    private readonly Stream _stream;
    private readonly UncancelledReads _reads;
    private readonly DeviceNode _node;
    private readonly Func<bool>? _stillThere;
    private volatile bool _gone;
    private int _disposed;

    private SerialBytePort(string name, SerialPort port, DeviceNode node, Func<bool>? stillThere)
    {
        _port = port;
        _stream = port.BaseStream;
        _reads = new UncancelledReads(_stream, ReadPiece);
        _node = node;
        _stillThere = stillThere;
        Name = name;
    }

    public string Name { get; }

    public bool IsAlive => !_gone && _node.IsSame() && (_stillThere?.Invoke() ?? true) && Answers();

    /// <param name="name">What to call it in messages.</param>
    /// <param name="device">A device file, a link to one, or a COM port.</param>
    /// <param name="stillThere">A further proof that it is the device that was meant.</param>
    /// <exception cref="PortNotOpenException">It is absent, busy or forbidden.</exception>
    public static SerialBytePort Open(string name, string device, int baud, Func<bool>? stillThere = null)
    {
        var node = DeviceNode.Of(device)
            ?? throw new PortNotOpenException($"{name}: there is no such port now{Known()}", absent: true);
        var port = new SerialPort(node.RealPath, baud, Parity.None, 8, StopBits.One)
        {
            Handshake = Handshake.None,
            ReadTimeout = (int)PortOpener.ReadLimit.TotalMilliseconds,
            WriteTimeout = (int)PortOpener.WriteLimit.TotalMilliseconds,
            ReadBufferSize = 1 << 16,
        };
        try
        {
            port.Open();
            RaiseControlLines(port);
            return new SerialBytePort(name, port, node, stillThere);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException)
        {
            Release(port, null);
            throw new PortNotOpenException($"{name}: {Explain(problem)}", !node.IsSame(), problem);
        }
    }

    public int Read(Span<byte> buffer)
    {
        try
        {
            // End of file comes once, and time-outs for ever after it.
            // Windows itself ends a read in time.
            var read = OperatingSystem.IsWindows() ? _stream.Read(buffer) : _reads.Read(buffer, PortOpener.ReadLimit);
            return read > 0 ? read : throw Gone("it ended", null);
        }
        catch (TimeoutException)
        {
            return 0;
        }
        catch (Exception problem) when (IsGone(problem))
        {
            throw Gone(problem.Message, problem);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                if (_gone) throw Gone("it was lost before", null);
                var piece = bytes[..Math.Min(bytes.Length, WritePiece)];
                _stream.Write(piece);
                bytes = bytes[piece.Length..];
            }
        }
        catch (TimeoutException problem)
        {
            throw new TimeoutException(
                $"{Name} took nothing for {PortOpener.WriteLimit.TotalSeconds} s: its reader has stopped", problem);
        }
        catch (Exception problem) when (IsGone(problem))
        {
            throw Gone(problem.Message, problem);
        }
    }

    public void Dispose()
    {
        _gone = true;
        if (Interlocked.Exchange(ref _disposed, 1) == 0) Release(_port, _stream);
    }

    /// <summary>
    /// Windows has no device file to look at, and a dead handle still counts its bytes; the state of the lines is
    /// refused.
    /// </summary>
    private bool Answers()
    {
        if (!OperatingSystem.IsWindows()) return true;
        try
        {
            _ = _port.CDHolding;
            return true;
        }
        catch (Exception problem) when (IsGone(problem))
        {
            return false;
        }
    }

    private static bool IsGone(Exception problem) =>
        problem is (IOException or InvalidOperationException or UnauthorizedAccessException
            or OperationCanceledException) and not PortGoneException;

    private PortGoneException Gone(string why, Exception? inner)
    {
        _gone = true;
        return new PortGoneException($"{Name} is gone: {why}", inner);
    }

    /// <summary>One bench needs them high, another does not care (reference bench §3); some ports have none.</summary>
    private static void RaiseControlLines(SerialPort port) =>
        Try(() =>
        {
            port.DtrEnable = true;
            port.RtsEnable = true;
        });

    private static void Release(SerialPort port, Stream? stream) =>
        PortRelease.Run(() =>
        {
            // The stream first: after a replug the port object forgets it and leaks its handle.
            Try(() => stream?.Dispose());
            Try(port.Dispose);
        });

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception problem) when (problem is IOException or InvalidOperationException
            or UnauthorizedAccessException)
        {
            // It is being thrown away, or the port has no such lines.
        }
    }

    private static string Known()
    {
        var names = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? SerialPort.GetPortNames() : [];
        return names.Length == 0 ? "" : $"; there are {string.Join(", ", names.Order(StringComparer.Ordinal))}";
    }

    private static string Explain(Exception problem) =>
        problem is UnauthorizedAccessException ? $"{problem.Message} Another program holds it" : problem.Message;
}
