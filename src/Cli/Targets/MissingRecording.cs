using AirHil.Modem;
using AirHil.Rig.Runs;

namespace AirHil.Cli.Targets;

/// <summary>The place of a recording that a folder does not hold: its scenario is skipped.</summary>
internal sealed class MissingRecording(string folder, string title) : IModemTarget
{
    public string Name => "recorded:" + folder;

    public string Reason => $"'{folder}' holds no recording of \"{title}\"";

    public IReadOnlyCollection<string> Capabilities => [];

    public ValueTask<string?> PrepareAsync(FirmwareSource firmware, CancellationToken cancel) =>
        ValueTask.FromResult<string?>(Reason);

    public ISansIoMachine<ModemInput, ModemOutput> Create(
        FirmwareSource firmware, BenchOptions options, string modem) => throw new InvalidOperationException(Reason);
}
