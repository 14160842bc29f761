using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AirHil.Board.Emulator;

/// <summary>
/// A serial port without hardware: what its user opens is the slave of a Linux pseudo-terminal in raw mode, and this
/// is the other end of the line.
/// </summary>
internal sealed unsafe class PseudoTerminal : IDisposable
{
    private const int OpenFlags = TerminalCalls.ReadWrite | TerminalCalls.NoControllingTerminal
        | TerminalCalls.NonBlocking | TerminalCalls.CloseOnExec;

    private const short Gone = 0x20;

    /// <summary>How long a caller may be busy in the kernel, so that <see cref="Unplug"/> takes effect soon.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);

    private readonly SafeFileHandle _master;
    private readonly string? _link;
    private int _unplugged;
    private int _hidden;

    private PseudoTerminal(SafeFileHandle master, string slavePath, string? link) =>
        (_master, SlavePath, _link) = (master, slavePath, link);

    /// <summary>Whether this system has them.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>The device file that the port's user opens.</summary>
    public string SlavePath { get; }

    /// <summary>Whether it was pulled out.</summary>
    public bool IsUnplugged => Volatile.Read(ref _unplugged) != 0;

    /// <summary>Whether anybody has the port open.</summary>
    public bool HasUser =>
        (Ready(TerminalCalls.PollOut, TimeSpan.Zero) & (TerminalCalls.PollHangUp | Gone)) == 0;

    /// <exception cref="PlatformNotSupportedException">The system is not Linux; the message says what to
    /// do.</exception>
    internal static void Require()
    {
        if (IsSupported) return;
        throw new PlatformNotSupportedException(
            "pseudo-terminals, and boards emulated on them, are there on Linux alone; elsewhere use the virtual "
            + "module, a board that another machine offers (remote:URL), or a port given as tcp://HOST:PORT");
    }

    /// <summary>Makes a new pseudo-terminal.</summary>
    /// <param name="linkPath">A symbolic link to make to it, in a folder that exists; one that is there is replaced.
    /// Null: none.</param>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    /// <exception cref="IOException">The system gave none; the message says why.</exception>
    public static PseudoTerminal Open(string? linkPath = null)
    {
        Require();
        var fd = TerminalCalls.Open("/dev/ptmx", OpenFlags);
        if (fd < 0) throw Problem("no pseudo-terminal could be opened (/dev/ptmx)");
        var master = new SafeFileHandle(fd, ownsHandle: true);
        try
        {
            if (TerminalCalls.GrantTerminal(fd) != 0 || TerminalCalls.UnlockTerminal(fd) != 0)
            {
                throw Problem("the pseudo-terminal could not be unlocked");
            }

            var slave = NameOf(fd);
            SetRaw(fd);
            // Linux tells of a slave that nobody has open only after somebody had it open once.
            var first = TerminalCalls.Open(slave, OpenFlags);
            if (first < 0) throw Problem($"the pseudo-terminal {slave} could not be opened");
            _ = TerminalCalls.Close(first);
            if (linkPath is not null) Link(linkPath, slave);
            return new PseudoTerminal(master, slave, linkPath);
        }
        catch
        {
            master.Dispose();
            throw;
        }
    }

    /// <summary>Takes bytes that the port's user has written.</summary>
    /// <param name="bytes">Where to put them; at least one byte.</param>
    /// <param name="timeout">How long to wait for the first of them.</param>
    /// <returns>How many; 0 where none came in that time, or the port was pulled out.</returns>
    public int Read(Span<byte> bytes, TimeSpan timeout)
    {
        var from = Stopwatch.GetTimestamp();
        while (true)
        {
            var count = Read(bytes);
            if (count > 0) return count;
            var left = timeout - Stopwatch.GetElapsedTime(from);
            if (left <= TimeSpan.Zero || IsUnplugged) return 0;
            var pause = left < Slice ? left : Slice;
            // Without a user the kernel answers at once that the line is hung up.
            if ((Ready(TerminalCalls.PollIn, pause) & TerminalCalls.PollIn) == 0 && !HasUser) Thread.Sleep(1);
        }
    }

    /// <summary>Takes what is there without waiting; 0: nothing.</summary>
    public int Read(Span<byte> bytes)
    {
        using var held = Hold();
        if (held.Descriptor < 0) return 0;
        fixed (byte* start = bytes)
        {
            return (int)Math.Max(0, TerminalCalls.Read(held.Descriptor, start, bytes.Length));
        }
    }

    /// <summary>Sends as much as the port's buffer takes without waiting.</summary>
    /// <returns>How many bytes it took.</returns>
    public int WriteSome(ReadOnlySpan<byte> bytes)
    {
        using var held = Hold();
        if (held.Descriptor < 0 || bytes.IsEmpty) return 0;
        fixed (byte* start = bytes)
        {
            return (int)Math.Max(0, TerminalCalls.Write(held.Descriptor, start, bytes.Length));
        }
    }

    /// <summary>
    /// Forgets what was sent and nobody has read yet, so that the port's next user does not meet it.
    /// </summary>
    public void DiscardUnread()
    {
        var slave = TerminalCalls.Open(SlavePath, OpenFlags);
        if (slave < 0) return; // Somebody has the port for himself already, and reads what there is.
        _ = TerminalCalls.Flush(slave, TerminalCalls.FlushInput);
        _ = TerminalCalls.Close(slave);
    }

    /// <summary>Removes the link: the port is not found any more, though who has it open still has it.</summary>
    public void Hide()
    {
        if (_link is not null && Interlocked.Exchange(ref _hidden, 1) == 0) Unlink(_link, SlavePath);
    }

    /// <summary>Pulls the port out: its user meets a hang-up, the device file and the link are gone.</summary>
    public void Unplug()
    {
        if (Interlocked.Exchange(ref _unplugged, 1) != 0) return;
        Hide();
        _master.Dispose();
    }

    /// <summary>As <see cref="Unplug"/>.</summary>
    public void Dispose() => Unplug();

    internal Held Hold() => new(_master);

    private static void SetRaw(int fd)
    {
        var settings = stackalloc byte[TerminalCalls.SettingsBytes];
        if (TerminalCalls.GetSettings(fd, settings) != 0) throw Problem("the pseudo-terminal has no settings");
        TerminalCalls.MakeRaw(settings);
        if (TerminalCalls.SetSettings(fd, 0, settings) != 0) throw Problem("the pseudo-terminal refuses raw mode");
    }

    private static string NameOf(int fd)
    {
        const int Most = 128;
        var name = stackalloc byte[Most];
        if (TerminalCalls.NameOfTerminal(fd, name, Most) != 0) throw Problem("the pseudo-terminal has no name");
        return Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
    }

    // Made aside and moved into place, so that whoever watches the name never meets half of it.
    private static void Link(string link, string target)
    {
        var aside = $"{link}.{Guid.NewGuid():N}";
        File.CreateSymbolicLink(aside, target);
        File.Move(aside, link, overwrite: true);
    }

    // The link may lead to a port that has come since under the same name; that one stays.
    private static void Unlink(string link, string target)
    {
        try
        {
            if (new FileInfo(link).LinkTarget == target) File.Delete(link);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The folder is gone already, and the link with it.
        }
    }

    private static IOException Problem(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {new Win32Exception(error).Message} (error {error})");
    }

    private short Ready(short events, TimeSpan timeout)
    {
        using var held = Hold();
        if (held.Descriptor < 0) return Gone;
        var entry = new TerminalCalls.PollEntry { Descriptor = held.Descriptor, Events = events };
        var count = TerminalCalls.Poll(&entry, 1, (int)Math.Ceiling(timeout.TotalMilliseconds));
        return count > 0 ? entry.Returned : (short)0;
    }

    /// <summary>Keeps the descriptor from being closed, and its number from being given away, during a call.</summary>
    internal readonly ref struct Held : IDisposable
    {
        private readonly SafeFileHandle _handle;
        private readonly bool _added;

        public Held(SafeFileHandle handle)
        {
            _handle = handle;
            Descriptor = -1;
            try
            {
                handle.DangerousAddRef(ref _added);
                Descriptor = (int)handle.DangerousGetHandle();
            }
            catch (ObjectDisposedException)
            {
                // Pulled out: the caller meets a descriptor of -1.
            }
        }

        public int Descriptor { get; }

        public void Dispose()
        {
            if (_added) _handle.DangerousRelease();
        }
    }
}
