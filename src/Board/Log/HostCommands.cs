namespace AirHil.Board.Log;

/// <summary>The byte sequences of <see cref="HostCommand"/> (reference bench §2.5, §4.2).</summary>
public static class HostCommands
{
    /// <summary>Starts the log; repeated about every second while the port is silent.</summary>
    public static ReadOnlySpan<byte> StartLog => [0x7E, 0x00, 0x00, 0x7E];

    /// <summary>Reboots the module (medium confidence on EC618; the bench checklist has it).</summary>
    public static ReadOnlySpan<byte> Reboot => [0x7E, 0x00, 0x01, 0x7E];

    /// <summary>Reboots the module; the core answers it, whatever the script does.</summary>
    public static ReadOnlySpan<byte> AtRestart => "AT+ECRST\r\n"u8;

    /// <summary>Asks AT firmware who it is; LuatOS does not answer (reference bench §7).</summary>
    public static ReadOnlySpan<byte> AtIdentify => "ATI\r\n"u8;
}
