using AirHil.Modem;
using AirHil.Modem.Units;
using AirHil.Rig.Network;

namespace AirHil.Live.Remote;

/// <summary>What the ends of a session tell each other; each of them arrives once and in order.</summary>
internal abstract record BenchMessage
{
    private BenchMessage()
    {
    }

    /// <summary>To the bench: a script follows, in as many pieces as its files have.</summary>
    /// <param name="Id">What the client calls it; higher than any before.</param>
    public sealed record Announce(
        [property: Within(1, int.MaxValue)] int Id, string Name,
        [property: Within(0, RemoteProtocol.MaxFirmwareFiles)] IReadOnlyList<FirmwareFile> Files) : BenchMessage;

    /// <summary>To the bench: the next bytes of the script that was announced, file after file.</summary>
    public sealed record FirmwarePiece(
        [property: Within(1, int.MaxValue)] int Id, ReadOnlyMemory<byte> Bytes) : BenchMessage;

    /// <summary>To the bench: see to it that the board will run this script.</summary>
    public sealed record Prepare(
        [property: Within(1, int.MaxValue)] int Request, [property: Within(1, int.MaxValue)] int Firmware)
        : BenchMessage;

    /// <summary>To the bench: nobody waits for that preparation any more.</summary>
    public sealed record CancelPrepare([property: Within(1, int.MaxValue)] int Request) : BenchMessage;

    /// <summary>From the bench: it will (null), or why it cannot.</summary>
    public sealed record Prepared([property: Within(1, int.MaxValue)] int Request, string? Reason) : BenchMessage;

    /// <summary>To the bench: put a modem there.</summary>
    /// <param name="Modem">Its number in the session; higher than any before.</param>
    /// <param name="Name">Its id in the client's run.</param>
    /// <param name="Vitals">How far apart samples of its inside are wanted; null: none.</param>
    /// <param name="Now">The time of the client's run.</param>
    public sealed record Create(
        [property: Within(1, int.MaxValue)] int Modem, [property: Within(1, int.MaxValue)] int Firmware,
        string Name, ulong Seed, DateTimeOffset StartDate, [property: Within(1, int.MaxValue)] int UartBaud,
        TimeSpan? Vitals, TimeSpan Now) : BenchMessage
    {
        /// <summary>Width of Lua's numbers, 32 or 64, where the board lets it be chosen; null: its own.</summary>
        [Within(32, 64, Step = 32)]
        public int? Bits { get; init; }
    }

    /// <summary>To the bench: something happens to a modem.</summary>
    /// <param name="At">When, in the time of the client's run.</param>
    /// <param name="Seen">The number of the modem's last output that the client's run had taken by then.</param>
    public sealed record Input(
        [property: Within(1, int.MaxValue)] int Modem, TimeSpan At, [property: Within(0, long.MaxValue)] long Seen,
        ModemInput Value) : BenchMessage;

    /// <summary>From the bench: a modem did something.</summary>
    /// <param name="At">When it happened, in the session's time at the bench.</param>
    public sealed record Output([property: Within(1, int.MaxValue)] int Modem, TimeSpan At, ModemOutput Value)
        : BenchMessage;

    /// <summary>To the bench: take the modem away.</summary>
    public sealed record Release([property: Within(1, int.MaxValue)] int Modem) : BenchMessage;

    /// <summary>From the bench: it is away; nothing more comes from it.</summary>
    public sealed record Released([property: Within(1, int.MaxValue)] int Modem) : BenchMessage;

    /// <summary>To the bench: the way between its modems and the client's services begins to be.</summary>
    /// <param name="Network">Its number in the session; higher than any before.</param>
    /// <param name="Now">The time of the client's run.</param>
    public sealed record OpenNetwork(
        [property: Within(1, int.MaxValue)] int Network, ulong Seed, DateTimeOffset StartDate, TimeSpan Now)
        : BenchMessage;

    /// <summary>To the bench: something happens to a network.</summary>
    public sealed record ToNetwork([property: Within(1, int.MaxValue)] int Network, NetworkInput Value)
        : BenchMessage;

    /// <summary>From the bench: a network did something.</summary>
    /// <param name="At">When it happened, in the session's time at the bench.</param>
    /// <param name="Seen">How many inputs the network had been given by then.</param>
    public sealed record FromNetwork(
        [property: Within(1, int.MaxValue)] int Network, TimeSpan At,
        [property: Within(0, long.MaxValue)] long Seen, NetworkOutput Value) : BenchMessage;

    /// <summary>From the bench: a network failed and does nothing more.</summary>
    public sealed record NetworkFailed([property: Within(1, int.MaxValue)] int Network, string Reason)
        : BenchMessage;

    /// <summary>To the bench: the client's run is over, and so is its network.</summary>
    public sealed record CloseNetwork([property: Within(1, int.MaxValue)] int Network) : BenchMessage;

    /// <summary>From the bench: its ports are free; nothing more comes from it.</summary>
    public sealed record NetworkClosed([property: Within(1, int.MaxValue)] int Network) : BenchMessage;
}
