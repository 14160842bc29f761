using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AirHil.Board.Ports;

/// <summary>
/// A serial port of Linux by the system's own calls: a wait for bytes is one poll(2), and nothing runs in between
/// (decision 012). It is for one user alone: TIOCEXCL keeps others out, and flock(2) keeps out those whom TIOCEXCL does
/// not, such as another process of root.
/// </summary>
internal sealed unsafe class TerminalBytePort : IBytePort
{
    private readonly SafeFileHandle _handle;
    private readonly DeviceNode _node;
    private readonly Func<bool>? _stillThere;
    private volatile bool _gone;

    private TerminalBytePort(string name, SafeFileHandle handle, DeviceNode node, Func<bool>? stillThere)
    {
        _handle = handle;
        _node = node;
        _stillThere = stillThere;
        Name = name;
    }

    public string Name { get; }

    public bool IsAlive => !_gone && _node.IsSame() && (_stillThere?.Invoke() ?? true);

    /// <param name="name">What to call it in messages.</param>
    /// <param name="device">A device file or a link to one.</param>
    /// <param name="baud">1 or more.</param>
    /// <param name="stillThere">A further proof that it is the device that was meant.</param>
    /// <exception cref="PortNotOpenException">It is absent, busy, forbidden or no serial port.</exception>
    public static TerminalBytePort Open(string name, string device, int baud, Func<bool>? stillThere = null)
    {
        if (baud < 1) throw new PortNotOpenException($"{name}: {baud} is no baud rate", absent: false);
        var node = DeviceNode.Of(device)
            ?? throw new PortNotOpenException($"{name}: there is no such port now", absent: true);
        var descriptor = TerminalCalls.Open(node.RealPath, TerminalCalls.OpenFlags);
        if (descriptor < 0) throw NotOpen(name, node, Marshal.GetLastPInvokeError());
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (!TryPrepare(descriptor, baud))
        {
            var error = Marshal.GetLastPInvokeError();
            PortRelease.Run(handle.Dispose);
            throw NotOpen(name, node, error);
        }

        return new TerminalBytePort(name, handle, node, stillThere);
    }

    public int Read(Span<byte> buffer)
    {
        using var held = new HeldDescriptor(_handle);
        if (held.Value < 0) throw Gone("it was closed");
        if (!Await(held.Value, TerminalCalls.PollIn)) return 0;
        fixed (byte* start = buffer)
        {
            var count = (int)TerminalCalls.Read(held.Value, start, buffer.Length);
            if (count > 0) return count;
            if (count == 0) throw Gone("it ended");
        }

        ThrowUnlessPassing(Marshal.GetLastPInvokeError());
        return 0;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        using var held = new HeldDescriptor(_handle);
        var since = Stopwatch.GetTimestamp();
        while (!bytes.IsEmpty)
        {
            if (_gone || held.Value < 0) throw Gone("it was lost before");
            fixed (byte* start = bytes)
            {
                var count = (int)TerminalCalls.Write(held.Value, start, bytes.Length);
                if (count > 0)
                {
                    bytes = bytes[count..];
                    since = Stopwatch.GetTimestamp();
                    continue;
                }

                if (count < 0) ThrowUnlessPassing(Marshal.GetLastPInvokeError());
            }

            if (Stopwatch.GetElapsedTime(since) >= PortOpener.WriteLimit)
            {
                throw new TimeoutException(
                    $"{Name} took nothing for {PortOpener.WriteLimit.TotalSeconds} s: its reader has stopped");
            }

            Await(held.Value, TerminalCalls.PollOut);
        }
    }

    public void Dispose()
    {
        _gone = true;
        if (_handle.IsClosed) return;
        // The system may wait for what was written to leave, half a minute long.
        PortRelease.Run(() =>
        {
            using (var held = new HeldDescriptor(_handle))
            {
                _ = TerminalCalls.Control(held.Value, TerminalCalls.HoldNoLonger, null);
            }

            _handle.Dispose();
        });
    }

    private static bool TryPrepare(int descriptor, int baud)
    {
        if (TerminalCalls.Lock(descriptor, TerminalCalls.LockAloneAtOnce) != 0) return false;
        if (TerminalCalls.Control(descriptor, TerminalCalls.HoldAlone, null) != 0) return false;
        if (!LineSettings.TryMakeRaw(descriptor, baud)) return false;
        // One bench needs them high, another does not care (reference bench §3); a pseudo-terminal has none.
        var lines = TerminalCalls.DataTerminalReady | TerminalCalls.RequestToSend;
        _ = TerminalCalls.Control(descriptor, TerminalCalls.SetLines, &lines);
        return true;
    }

    /// <summary>Waits until there is something to do, for as long as a read may take.</summary>
    /// <returns>Whether there is; the next call tells what, be it an error.</returns>
    private static bool Await(int descriptor, short events)
    {
        var entry = new TerminalCalls.PollEntry { Descriptor = descriptor, Events = events };
        return TerminalCalls.Poll(&entry, 1, (int)PortOpener.ReadLimit.TotalMilliseconds) > 0;
    }

    private static PortNotOpenException NotOpen(string name, DeviceNode node, int error) =>
        new($"{name}: {Explain(node.RealPath, error)}", !node.IsSame());

    private static string Explain(string path, int error) => error switch
    {
        TerminalCalls.Busy or TerminalCalls.WouldBlock =>
            $"Access to the port '{path}' is denied. Another program holds it (fuser says which; ModemManager does for "
            + "ten seconds after a plug-in unless told not to)",
        TerminalCalls.AccessDenied or TerminalCalls.NotPermitted =>
            $"Access to the port '{path}' is denied. You are not in the group of the device file (dialout)",
        TerminalCalls.NoTerminal => $"'{path}' is no serial port",
        _ => $"{TerminalCalls.Describe(error)} ('{path}')",
    };

    private void ThrowUnlessPassing(int error)
    {
        if (error is not (TerminalCalls.WouldBlock or TerminalCalls.Interrupted))
        {
            throw Gone(TerminalCalls.Describe(error));
        }
    }

    private PortGoneException Gone(string why)
    {
        _gone = true;
        return new PortGoneException($"{Name} is gone: {why}");
    }
}
