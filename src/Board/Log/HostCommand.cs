namespace AirHil.Board.Log;

/// <summary>What a PC says to a module on the log port (reference bench §2.5, §4.2).</summary>
internal abstract record HostCommand
{
    private HostCommand()
    {
    }

    /// <summary>Start the log; a module that is sending already goes on.</summary>
    public sealed record StartLog : HostCommand;

    /// <summary>Reboot.</summary>
    public sealed record Reboot : HostCommand;

    /// <summary>Reboot into download mode: the board comes back as 17D1:0001 and runs no script.</summary>
    public sealed record Download : HostCommand;

    /// <summary>A line of AT commands, without its end.</summary>
    public sealed record At(string Text) : HostCommand
    {
        /// <summary>Whether it asks the core to restart: AT+ECRST, whatever follows.</summary>
        public bool IsRestart => Text.StartsWith("AT+ECRST", StringComparison.OrdinalIgnoreCase);

        /// <summary>
        /// Whether it is the first half of the way into download mode: AT+ECRST=delay,799.
        /// </summary>
        public bool IsDelayedRestart => Text.StartsWith("AT+ECRST=delay", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A frame that means nothing here, as ModemManager's probe 78 F0.</summary>
    public sealed record Unknown(ReadOnlyMemory<byte> Bytes) : HostCommand;
}
