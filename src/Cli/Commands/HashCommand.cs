using System.CommandLine;
using System.Globalization;
using AirHil.Cli.Streams;
using AirHil.Cli.Usage;
using AirHil.Modem.Acts;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Cli.Commands;

/// <summary>`airhil hash`: the session hash of a script under many seeds, for proofs of determinism.</summary>
internal static class HashCommand
{
    public static Command Create(Terminal terminal)
    {
        var script = new Argument<string>("SCRIPT-OR-FOLDER") { Description = "What to run." };
        var length = CommonOptions.Duration("--for", "How long to simulate; 60s if left out.");
        var seeds = new Option<string>("--seeds")
        {
            Description = "The first and the last seed.",
            HelpName = "A..B",
            DefaultValueFactory = _ => "1..10",
        };
        var faults = new Option<bool>("--random-faults")
        {
            Description = "With a schedule of faults drawn from each seed.",
        };
        var command = new Command("hash", "Print the session hash of a script for each of many seeds.")
        {
            script, length, seeds, faults,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var (first, last) = Range(parsed.GetValue(seeds)!);
            var time = parsed.GetValue(length) ?? TimeSpan.FromSeconds(60);
            if (time < TimeSpan.FromSeconds(1))
            {
                throw new UsageException("--for: random faults and their hashes need 1s at least");
            }

            var source = ScriptLibraries.From().Complete(FirmwareSource.FromPath(parsed.GetValue(script)!));
            for (var seed = first; seed <= last; seed++)
            {
                if (cancel.IsCancellationRequested) return ExitCode.Interrupted;
                await using var bench = new Bench(new BenchOptions { Seed = seed, KeptEvents = 1000 });
                bench.Firmware(source);
                if (parsed.GetValue(faults)) bench.Schedule(RandomFaults.Generate(seed, time));
                await bench.ApplyPower();
                if (await bench.RunUntil(() => cancel.IsCancellationRequested, time)) return ExitCode.Interrupted;
                terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed} {bench.Session.Hash}"));
            }

            return ExitCode.Passed;
        });
        return command;
    }

    private static (ulong First, ulong Last) Range(string text)
    {
        var parts = text.Split("..");
        return parts.Length == 2
            && ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first <= last && last < ulong.MaxValue
            ? (first, last)
            : throw new UsageException($"--seeds: '{text}' is not a range; write 1..100");
    }
}
