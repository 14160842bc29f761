using System.CommandLine;
using System.Globalization;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Comparison;
using AirHil.Rig.Replay;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;

namespace AirHil.Cli.Commands;

/// <summary>`airhil replay`: repeats a recorded session, exactly or by its stimuli.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A recorded session: .ndjson, .ndjson.gz, .ndjson.zst.",
        };
        var stimuli = new Option<bool>("--stimuli")
        {
            Description = "Do again what the rig did, on the virtual module, and compare what it answers.",
        };
        var script = new Option<string?>("--script")
        {
            Description = "Another script in the place of the recorded one; with --stimuli.",
            HelpName = "SCRIPT-OR-FOLDER",
        };
        var output = new Option<string?>("--record")
        {
            Description = "Write the new session to a file; with --stimuli.",
            HelpName = "FILE",
        };
        var tolerance = ComparisonWords.Tolerance();
        var relative = ComparisonWords.Relative();
        var format = ComparisonWords.Format();
        var command = new Command(
            "replay",
            "Repeat a recorded virtual session bit for bit (exit 7 where it does not), or drive the virtual module " +
            "with what any recording's rig did.")
        {
            file, stimuli, script, output, tolerance, relative, format,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetValue(file)!;
            if (parsed.GetValue(stimuli))
            {
                return await Drive(
                    path, parsed.GetValue(script), parsed.GetValue(output),
                    ComparisonWords.Read(parsed.GetValue(tolerance), parsed.GetValue(relative)),
                    ComparisonWords.IsJson(parsed.GetValue(format)!), cancel);
            }

            if (parsed.GetValue(script) is not null || parsed.GetValue(output) is not null)
            {
                throw new UsageException("replay: --script and --record go with --stimuli");
            }

            return await Repeat(path, ComparisonWords.IsJson(parsed.GetValue(format)!));
        });
        return command;
    }

    private static async Task<int> Repeat(string path, bool json)
    {
        using (var reader = SessionFile.Open(path))
        {
            if (ExactReplay.WhyNot(reader.Header) is { } reason)
            {
                throw new UsageException(
                    $"{path} cannot be repeated: {reason}; `airhil replay {path} --stimuli` drives the virtual " +
                    $"module with what the rig did");
            }
        }

        var result = await SessionFile.Reading(() => ExactReplay.Run(() => SessionFile.Open(path)));
        foreach (var repair in result.Repairs) Console.Error.WriteLine($"airhil: {repair}");
        if (json)
        {
            ComparisonJson.Write(Console.OpenStandardOutput(), result);
        }
        else if (result.Difference is { } difference)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"not the same: event {difference.Index} at {DurationText.Format(result.End)} differs"));
            foreach (var e in difference.Before) Console.WriteLine($"    {ComparisonText.Line(e)}");
            Console.WriteLine($"  - {Shown(difference.Recorded, "the recording ends here")}");
            Console.WriteLine($"  + {Shown(difference.Repeated, "nothing more comes")}");
            Console.WriteLine(
                "likely cause: another version of airhil recorded it; the same version must repeat its own session");
        }
        else
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"the same: {result.Events} events, {DurationText.Format(result.End)}, session {result.Hash}"));
        }

        return result.IsSame ? ExitCode.Passed : ExitCode.NotDeterministic;
    }

    private static async Task<int> Drive(
        string path, string? script, string? output, Tolerance? tolerance, bool json, CancellationToken cancel)
    {
        var firmware = script is null ? null : FirmwareSource.FromPath(script);
        var target = output ?? Path.Combine(Path.GetTempPath(), $"airhil-{Environment.ProcessId}.ndjson.zst");
        try
        {
            SessionHeader header;
            using (var reader = SessionFile.Open(path))
            {
                header = reader.Header;
                await using var bench = new Bench(header.ToOptions() with { KeptEvents = 1000 });
                using var recorder = SessionRecorder.Start(
                    bench, target, SessionHeader.For(bench.Options) with { Title = header.Title });
                await SessionFile.Reading(async () =>
                {
                    await StimulusReplay.Drive(
                        bench, reader, firmware is null ? null : _ => firmware, () => cancel.IsCancellationRequested);
                    return 0;
                });
                recorder.Finish();
            }

            if (cancel.IsCancellationRequested) return ExitCode.Interrupted;
            var options = ComparisonWords.OptionsFor(header, null, tolerance);
            var result = SessionComparer.Compare(
                () => SessionFile.Open(path), () => SessionReader.Open(target), options);
            return ComparisonWords.Tell(result, path, output ?? "the replay", json);
        }
        finally
        {
            if (output is null) File.Delete(target);
        }
    }

    private static string Shown(SessionEvent? e, string otherwise) => e is null ? otherwise : ComparisonText.Line(e);
}
