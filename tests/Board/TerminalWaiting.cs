using System.Diagnostics;
using AirHil.Board.Emulator;

namespace AirHil.Board.Tests;

/// <summary>The far end of a port in a test, which waits for its user.</summary>
internal static class TerminalWaiting
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static bool IsUnplugged(this PseudoTerminal terminal)
    {
        using var held = terminal.Hold();
        return held.Value < 0;
    }

    /// <summary>Takes what the user writes in that time; 0: nothing.</summary>
    public static int Read(this PseudoTerminal terminal, Span<byte> bytes, TimeSpan timeout)
    {
        var from = Stopwatch.GetTimestamp();
        while (true)
        {
            var count = terminal.Read(bytes);
            if (count > 0 || terminal.IsUnplugged() || Stopwatch.GetElapsedTime(from) >= timeout) return count;
            Thread.Sleep(1);
        }
    }

    /// <summary>Writes all, also where the port's buffer is full meanwhile.</summary>
    /// <exception cref="IOException">The port was pulled out, or its user read nothing for 30 s.</exception>
    public static void Write(this PseudoTerminal terminal, ReadOnlySpan<byte> bytes)
    {
        var from = Stopwatch.GetTimestamp();
        while (!bytes.IsEmpty)
        {
            if (terminal.IsUnplugged()) throw new IOException($"the port {terminal.SlavePath} was pulled out");
            var count = terminal.WriteSome(bytes);
            bytes = bytes[count..];
            if (count > 0) from = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetElapsedTime(from) > Limit) throw new IOException("nobody reads the port");
            else Thread.Sleep(1);
        }
    }
}
