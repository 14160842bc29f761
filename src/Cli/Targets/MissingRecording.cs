using AirHil.Modem;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Targets;

namespace AirHil.Cli.Targets;

/// <summary>The place of a recording that a folder does not hold: its scenario is skipped.</summary>
internal sealed class MissingRecording(string folder, string title) : IModemTarget
{
    public string Name => "recorded:" + folder;

    /// <summary>All that a recording may have; whatever is asked, the answer is that there is none.</summary>
    public IReadOnlyCollection<string> Capabilities { get; } = new VirtualTarget().Capabilities;

    public ValueTask<string?> PrepareAsync(FirmwareSource firmware, CancellationToken cancel) =>
        ValueTask.FromResult<string?>($"'{folder}' holds no recording of \"{title}\"");

    public ISansIoMachine<ModemInput, ModemOutput> Create(
        FirmwareSource firmware, BenchOptions options, string modem) =>
        throw new InvalidOperationException($"'{folder}' holds no recording of \"{title}\"");
}
