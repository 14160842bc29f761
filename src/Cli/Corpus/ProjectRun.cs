using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.World;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Cli.Corpus;

/// <summary>Runs one project on a virtual module of its own.</summary>
/// <param name="length">How much virtual time it gets.</param>
/// <param name="seed">The seed of each run.</param>
/// <param name="bits">Width of Lua's numbers, 32 or 64.</param>
/// <param name="firmware">The firmware's release, such as 1114; null: the usual one.</param>
/// <param name="libraries">What completes a project that requires a library and does not bring it.</param>
internal sealed class ProjectRun(TimeSpan length, ulong seed, int bits, int? firmware, ScriptLibraries libraries)
{
    /// <summary>The firmware that the projects run on, such as 1112.</summary>
    public int Release => firmware ?? FirmwareRelease.Modelled;

    /// <exception cref="OperationCanceledException">The user ended it.</exception>
    public async Task<ProjectResult> RunAsync(string folder, CancellationToken cancel)
    {
        try
        {
            var source = libraries.Complete(FirmwareSource.FromPath(folder));
            var options = new BenchOptions
            {
                Seed = seed,
                Target = new VirtualTarget { Bits = bits },
                Firmware = firmware,
                KeptEvents = 1000,
            };
            await using var bench = new Bench(options);
            bench.Firmware(source);
            await bench.ApplyPower();
            await bench.RunUntil(() => cancel.IsCancellationRequested, length);
            cancel.ThrowIfCancellationRequested();
            return ProjectResult.Of(folder, bench.Summary(), source);
        }
        catch (FirmwareNotFoundException e)
        {
            return new ProjectResult(folder, ProjectOutcome.NotLoaded, [], e.Message);
        }
        catch (RunFailedException e)
        {
            return new ProjectResult(folder, ProjectOutcome.Error, [], e.Message);
        }
    }
}
