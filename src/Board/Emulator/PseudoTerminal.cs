using System.Runtime.InteropServices;
using System.Text;
using AirHil.Board.Ports;
using Microsoft.Win32.SafeHandles;

namespace AirHil.Board.Emulator;

/// <summary>
/// A serial port without hardware: what its user opens is the slave of a Linux pseudo-terminal in raw mode, and this
/// is the other end of the line.
/// </summary>
internal sealed unsafe class PseudoTerminal : IDisposable
{
    /// <summary>The rate has no meaning here; it is what its user meets who sets none.</summary>
    private const int Baud = 115_200;

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

    /// <summary>Whether anybody has the port open.</summary>
    public bool HasUser
    {
        get
        {
            using var held = Hold();
            if (held.Value < 0) return false;
            // poll(2) reports a hang-up in any case.
            var entry = new TerminalCalls.PollEntry { Descriptor = held.Value };
            return TerminalCalls.Poll(&entry, 1, 0) == 0 || (entry.Returned & TerminalCalls.PollHangUp) == 0;
        }
    }

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
        var fd = TerminalCalls.Open("/dev/ptmx", TerminalCalls.OpenFlags);
        if (fd < 0) throw Problem("no pseudo-terminal could be opened (/dev/ptmx)");
        var master = new SafeFileHandle(fd, ownsHandle: true);
        try
        {
            if (TerminalCalls.GrantTerminal(fd) != 0 || TerminalCalls.UnlockTerminal(fd) != 0)
            {
                throw Problem("the pseudo-terminal could not be unlocked");
            }

            var slave = NameOf(fd);
            if (!LineSettings.TryMakeRaw(fd, Baud)) throw Problem("the pseudo-terminal refuses raw mode");
            // Linux tells of a slave that nobody has open only after somebody had it open once.
            var first = TerminalCalls.Open(slave, TerminalCalls.OpenFlags);
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

    /// <summary>Takes what the port's user has written, without waiting; 0: nothing.</summary>
    public int Read(Span<byte> bytes)
    {
        using var held = Hold();
        if (held.Value < 0) return 0;
        fixed (byte* start = bytes)
        {
            return (int)Math.Max(0, TerminalCalls.Read(held.Value, start, bytes.Length));
        }
    }

    /// <summary>Sends as much as the port's buffer takes without waiting.</summary>
    /// <returns>How many bytes it took.</returns>
    public int WriteSome(ReadOnlySpan<byte> bytes)
    {
        using var held = Hold();
        if (held.Value < 0 || bytes.IsEmpty) return 0;
        fixed (byte* start = bytes)
        {
            return (int)Math.Max(0, TerminalCalls.Write(held.Value, start, bytes.Length));
        }
    }

    /// <summary>
    /// Forgets what was sent and nobody has read yet, so that the port's next user does not meet it.
    /// </summary>
    public void DiscardUnread()
    {
        var slave = TerminalCalls.Open(SlavePath, TerminalCalls.OpenFlags);
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

    internal HeldDescriptor Hold() => new(_master);

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
        return new IOException($"{what}: {TerminalCalls.Describe(error)} (error {error})");
    }
}
