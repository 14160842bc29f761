using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AirHil.Board.Ports;

/// <summary>
/// The calls of Linux that serial ports and pseudo-terminals need; the numbers are those of x64 and arm64.
/// </summary>
internal static unsafe partial class TerminalCalls
{
    /// <summary>How every terminal is opened: for both ways, not as the process's own, and without waiting.</summary>
    public const int OpenFlags = ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec;

    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x8_0000;
    public const int FlushInput = 0;
    public const int LockAloneAtOnce = 2 | 4;

    public const short PollIn = 0x1;
    public const short PollOut = 0x4;
    public const short PollHangUp = 0x10;

    public const int NotPermitted = 1;
    public const int Interrupted = 4;
    public const int WouldBlock = 11;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int NoTerminal = 25;

    public const uint SetLines = 0x5416;
    public const uint HoldAlone = 0x540C;
    public const uint HoldNoLonger = 0x540D;
    public const uint GetSettings = 0x802C_542A;
    public const uint SetSettings = 0x402C_542B;

    public const int DataTerminalReady = 0x2;
    public const int RequestToSend = 0x4;

    private const int ReadWrite = 0x2;
    private const int NoControllingTerminal = 0x100;

    /// <summary>What the system says about the number of an error.</summary>
    public static string Describe(int error) => new Win32Exception(error).Message;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, byte* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, byte* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int fd, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int fd, int operation);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    public static partial int GrantTerminal(int fd);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int UnlockTerminal(int fd);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    public static partial int NameOfTerminal(int fd, byte* name, nuint size);

    [LibraryImport("libc", EntryPoint = "tcflush", SetLastError = true)]
    public static partial int Flush(int fd, int queue);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int CreateEvent(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int CreateWatch(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int ControlWatch(int watch, int operation, int fd, byte* entry);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int AwaitWatch(int watch, byte* entries, int most, int timeoutMs);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
