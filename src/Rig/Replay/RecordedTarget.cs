using System.Runtime.CompilerServices;
using AirHil.Modem;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Replay;

/// <summary>
/// A recording in the place of a modem, with the air and the services that were around it: in virtual time, whatever
/// clock it was recorded on. A run that does what the recorded one did sees what that one saw; one that does something
/// else fails with a <see cref="RecordingDeviationException"/>.
/// </summary>
public sealed class RecordedTarget : IModemTarget
{
    private readonly string _path;
    private readonly ConditionalWeakTable<BenchOptions, RecordedPlayer> _players = [];

    private RecordedTarget(string path, SessionHeader header)
    {
        _path = path;
        Header = header;
        Capabilities =
        [
            .. header.Capabilities.Union([Capability.VirtualTime, Capability.Deterministic], StringComparer.Ordinal),
        ];
    }

    public string Name => "recorded:" + _path;

    /// <summary>The recording's header.</summary>
    public SessionHeader Header { get; }

    /// <summary>What the recorded target could do; besides, time jumps and everything is the same each time.</summary>
    public IReadOnlyCollection<string> Capabilities { get; }

    /// <summary>Opens a recording.</summary>
    /// <exception cref="SessionFormatException">It is no session.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedTarget Open(string path)
    {
        using var reader = SessionReader.Open(path);
        return new RecordedTarget(path, reader.Header);
    }

    /// <summary>What the peers did is in the recording.</summary>
    public bool BringsPeers => true;

    /// <summary>Sees to it that the recording is of this script.</summary>
    public ValueTask<string?> PrepareAsync(FirmwareSource firmware, CancellationToken cancel)
    {
        if (Header.Masked) return ValueTask.FromResult<string?>(null);
        var wanted = FirmwareJson.HashOf(firmware);
        using var reader = SessionReader.Open(_path);
        string? other = null;
        while (reader.TryRead(out var entry))
        {
            cancel.ThrowIfCancellationRequested();
            if (entry.Note is not SessionNote.FirmwareLoaded loaded) continue;
            if (string.Equals(loaded.Hash, wanted, StringComparison.Ordinal))
            {
                return ValueTask.FromResult<string?>(null);
            }

            other = loaded.Firmware.Name;
        }

        return ValueTask.FromResult(other is null
            ? null
            : $"{_path} was recorded with another script ('{other}'), or with other contents of '{firmware.Name}'");
    }

    public ISansIoMachine<ModemInput, ModemOutput> Create(
        FirmwareSource firmware, BenchOptions options, string modem) => new RecordedModem(PlayerOf(options), modem);

    public ISansIoMachine<NetworkInput, NetworkOutput> CreateNetwork(BenchOptions options) =>
        new RecordedNetwork(PlayerOf(options));

    public ISansIoMachine<ServiceInput, ServiceOutput> CreateService(BenchOptions options) =>
        new RecordedService(PlayerOf(options));

    private RecordedPlayer PlayerOf(BenchOptions options) =>
        _players.GetValue(options, _ => new RecordedPlayer(_path));
}
