using System.Diagnostics;
using AirHil.Board.Emulator;

namespace AirHil.Board.Tests;

/// <summary>The far end of a port in a test: it writes all, also where the port's buffer is full meanwhile.</summary>
internal static class TerminalWriting
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <exception cref="IOException">The port was pulled out, or its user read nothing for 30 s.</exception>
    public static void Write(this PseudoTerminal terminal, ReadOnlySpan<byte> bytes)
    {
        var from = Stopwatch.GetTimestamp();
        while (!bytes.IsEmpty)
        {
            if (terminal.IsUnplugged) throw new IOException($"the port {terminal.SlavePath} was pulled out");
            var count = terminal.WriteSome(bytes);
            bytes = bytes[count..];
            if (count > 0) from = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetElapsedTime(from) > Limit) throw new IOException("nobody reads the port");
            else Thread.Sleep(1);
        }
    }
}
