using AirHil.Modem;
using AirHil.Modem.Pins;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;

namespace AirHil.Rig.Tests.Runs;

/// <summary>
/// Puts <see cref="ScriptedModem"/>s on the bench. Its "firmware" has one line "MS TEXT" for each log line.
/// </summary>
internal sealed class ScriptedTarget : IModemTarget
{
    public string Name => "scripted";

    public IReadOnlyCollection<int>? Uarts { get; init; }

    public IReadOnlyCollection<PinWire>? Pins { get; init; }

    public IReadOnlyCollection<string> Capabilities { get; } =
        [
            Capability.VirtualTime, Capability.Power, Capability.StartReason, Capability.LineErrors,
            Capability.Deterministic,
        ];

    public static Bench Bench(string lines, BenchOptions? options = null)
    {
        var bench = new Bench((options ?? new BenchOptions()) with { Target = new ScriptedTarget() });
        bench.Firmware(FirmwareSource.FromText(lines));
        return bench;
    }

    public ISansIoMachine<ModemInput, ModemOutput> Create(FirmwareSource firmware, BenchOptions options,
        string modem) =>
        new ScriptedModem([.. Lines(firmware)]);

    private static IEnumerable<(TimeSpan Tick, string Line)> Lines(FirmwareSource firmware)
    {
        foreach (var line in System.Text.Encoding.UTF8.GetString(firmware.Files[0].Value.Span).Split('\n'))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0) continue;
            var ms = int.Parse(line[..space], System.Globalization.CultureInfo.InvariantCulture);
            yield return (TimeSpan.FromMilliseconds(ms), line[(space + 1)..]);
        }
    }
}
