using System.Runtime.InteropServices;
using AirHil.Board.Ports;
using Microsoft.Win32.SafeHandles;

namespace AirHil.Board.Emulator;

/// <summary>
/// Waits for any of many pseudo-terminals, or for a call from another thread, without looking at them in between
/// (epoll, edge-triggered, because the end of a line that nobody uses is hung up for as long as that lasts).
/// </summary>
internal sealed unsafe class TerminalWatch : IDisposable
{
    private const int MostAtOnce = 16;
    private const int Add = 1;
    private const uint In = 0x1;
    private const uint Out = 0x4;
    private const uint EdgeTriggered = 1u << 31;
    private const ulong Bell = ulong.MaxValue;

    /// <summary>struct epoll_event is packed on x86 alone.</summary>
    private static readonly int DataAt =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    private readonly SafeFileHandle _watch;
    private readonly SafeFileHandle _bell;

    public TerminalWatch()
    {
        _watch = Checked(TerminalCalls.CreateWatch(TerminalCalls.CloseOnExec));
        _bell = Checked(TerminalCalls.CreateEvent(0, TerminalCalls.NonBlocking | TerminalCalls.CloseOnExec));
        Register((int)_bell.DangerousGetHandle(), In, Bell);
    }

    /// <summary>Watches a terminal until it is unplugged.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="key">What <see cref="Wait"/> calls it.</param>
    public void Watch(PseudoTerminal terminal, uint key)
    {
        using var held = terminal.Hold();
        if (held.Value >= 0) Register(held.Value, In | Out | EdgeTriggered, key);
    }

    /// <summary>Ends the wait of the other thread, or its next one. Any thread may call it.</summary>
    public void Wake()
    {
        var one = 1UL;
        using var held = new HeldDescriptor(_bell);
        // Closed, nobody waits any more.
        if (held.Value >= 0) _ = TerminalCalls.Write(held.Value, (byte*)&one, sizeof(ulong));
    }

    /// <summary>Waits until something happens at a terminal, somebody calls, or the time is over.</summary>
    /// <param name="ready">Where to add the keys of the terminals at which something happened.</param>
    public void Wait(TimeSpan timeout, ICollection<uint> ready)
    {
        var entries = stackalloc byte[MostAtOnce * (DataAt + sizeof(ulong))];
        var ms = (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), 60_000);
        var count = TerminalCalls.AwaitWatch((int)_watch.DangerousGetHandle(), entries, MostAtOnce, ms);
        for (var i = 0; i < count; i++)
        {
            var key = *(ulong*)(entries + i * (DataAt + sizeof(ulong)) + DataAt);
            if (key != Bell) ready.Add((uint)key);
            else Silence();
        }
    }

    public void Dispose()
    {
        _bell.Dispose();
        _watch.Dispose();
    }

    private static SafeFileHandle Checked(int fd) => fd >= 0
        ? new SafeFileHandle(fd, ownsHandle: true)
        : throw new IOException(
            "the system gave no handle: " + TerminalCalls.Describe(Marshal.GetLastPInvokeError()));

    private void Silence()
    {
        ulong rings;
        _ = TerminalCalls.Read((int)_bell.DangerousGetHandle(), (byte*)&rings, sizeof(ulong));
    }

    private void Register(int fd, uint events, ulong key)
    {
        var entry = stackalloc byte[DataAt + sizeof(ulong)];
        *(uint*)entry = events;
        *(ulong*)(entry + DataAt) = key;
        if (TerminalCalls.ControlWatch((int)_watch.DangerousGetHandle(), Add, fd, entry) != 0)
        {
            throw new IOException(
                "a pseudo-terminal cannot be watched: " + TerminalCalls.Describe(Marshal.GetLastPInvokeError()));
        }
    }
}
