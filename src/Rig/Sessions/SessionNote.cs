using AirHil.Modem.Acts;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;

namespace AirHil.Rig.Sessions;

/// <summary>
/// A note of a session: it is no event, is in no hash, and is needed to repeat the run: what was put on the
/// bench and where exactly the rig acted. Time alone does not name that place, as many things may happen at one time.
/// </summary>
/// <param name="Index">How many events there were.</param>
/// <param name="At">The run's time.</param>
/// <param name="Step">How many messages had been worked off (<see cref="World.Loop.Steps"/>).</param>
public abstract record SessionNote(long Index, TimeSpan At, long Step)
{
    /// <summary>A modem with a script was put on the bench.</summary>
    /// <param name="Firmware">The script; read from a file that does not hold it, one without files.</param>
    public sealed record FirmwareLoaded(long Index, TimeSpan At, long Step, string Modem, FirmwareSource Firmware)
        : SessionNote(Index, At, Step)
    {
        /// <summary>SHA-256 over the script's files, as the file tells it.</summary>
        public string Hash { get => field ?? FirmwareJson.HashOf(Firmware); init; }
    }

    /// <summary>An endpoint was opened, or given another behaviour.</summary>
    public sealed record EndpointOpened(long Index, TimeSpan At, long Step, Endpoint Endpoint)
        : SessionNote(Index, At, Step);

    /// <summary>A peer was connected to a modem.</summary>
    public sealed record PeerConnected(
        long Index, TimeSpan At, long Step, string Modem, PeerPlace Place, PeerScript Script)
        : SessionNote(Index, At, Step);

    /// <summary>The rig was about to act; the events that follow tell what it did.</summary>
    /// <param name="Act">As it was given; null where it follows from an earlier act (a fault that lasts ends, a packet
    /// behind the first), and in files of format 1.</param>
    public sealed record Acted(long Index, TimeSpan At, long Step, Act? Act = null) : SessionNote(Index, At, Step);
}
