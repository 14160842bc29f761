using AirHil.Modem;

namespace AirHil.Board.Emulator;

/// <summary>What an emulated board is made of, besides the module on it.</summary>
public sealed record EmulatedBoardOptions
{
    /// <summary>
    /// Where the links to its ports are made; null: a temporary folder, which is removed with the board.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// The board's place on the USB bus; the adapters of its UART and its relay have the two places behind.
    /// </summary>
    public string Location { get; init; } = "1-1";

    /// <summary>Also make a tree like Linux's /sys, by which ports are found by their places on the bus.</summary>
    public bool DescribesUsb { get; init; }

    /// <summary>The relay is closed from the start, so that the module is on.</summary>
    public bool StartsPowered { get; init; }

    /// <summary>
    /// From a start of the module to its USB ports: 0.56 s were seen on Windows (reference bench §1.5).
    /// </summary>
    public TimeSpan EnumerationTime { get; init; } = TimeSpan.FromMilliseconds(560);

    /// <summary>
    /// How many bytes of frames the module keeps while nobody takes the log. Inferred: tools say that the firmware
    /// buffers (reference bench §2.5), nobody says how much. What comes while it is full is lost.
    /// </summary>
    public int LogBacklogBytes { get; init; } = 16_384;

    /// <summary>The speed of the adapter's line to UART 1, in baud.</summary>
    public int AdapterBaud { get; init; } = 115_200;

    /// <summary>
    /// How many bytes the adapter takes ahead of its line. Inferred: what Linux and an adapter hold together.
    /// </summary>
    public int AdapterFifoBytes { get; init; } = 4096;

    /// <summary>
    /// How long after AT+ECRST=delay,799 the module restarts unless a frame sends it into download mode: the 799 ms of
    /// the command. Inferred from how tools use it (reference bench §4.2).
    /// </summary>
    public TimeSpan DelayedRestart { get; init; } = TimeSpan.FromMilliseconds(799);

    /// <summary>
    /// The USB cable is pulled out at random moments, so often on average, for up to 3 s each; null: never.
    /// </summary>
    public TimeSpan? UnplugEvery { get; init; }

    /// <summary>Fixes those moments.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Hears what the module does, with its time; on the board's own thread, so it must be quick.</summary>
    public Action<ModemOutput, TimeSpan>? Happened { get; init; }

    /// <summary>Hears in words what the board does; on the board's own thread, so it must be quick.</summary>
    public Action<string, TimeSpan>? Told { get; init; }
}
