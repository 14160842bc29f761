using System.CommandLine;
using System.Globalization;
using AirHil.Cli.Orders;
using AirHil.Cli.Output;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Comparison;
using AirHil.Rig.Files;
using AirHil.Rig.Replay;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;

namespace AirHil.Cli.Commands;

/// <summary>`airhil replay`: repeats a recorded session, exactly or by its stimuli.</summary>
internal static class ReplayCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A recorded session: .ndjson, .ndjson.gz, .ndjson.zst.",
        };
        var stimuli = new Option<bool>("--stimuli")
        {
            Description = "Repeat what the rig did, on the virtual module or on --target, and compare the answers.",
        };
        var script = new Option<string?>("--script")
        {
            Description = "Use another script instead of the recorded one; with --stimuli.",
            HelpName = "SCRIPT-OR-FOLDER",
        };
        var output = new Option<string?>("--record")
        {
            Description = "Write the new session to a file; with --stimuli.",
            HelpName = "FILE",
        };
        var comparison = new ComparisonArguments();
        var target = new TargetOptions();
        var command = new Command(
            "replay",
            "Repeat a recorded virtual session bit for bit (exit 7 where it does not), or drive a modem of any kind " +
            "with what a recording's rig did.")
        {
            file, stimuli, script, output,
        };
        target.AddTo(command);
        comparison.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetValue(file)!;
            var (order, judged) = (target.Read(parsed), comparison.Read(parsed));
            if (parsed.GetValue(stimuli))
            {
                return await Drive(
                    terminal, path, parsed.GetValue(script), parsed.GetValue(output), order, judged, cancel);
            }

            if (parsed.GetValue(script) is not null || parsed.GetValue(output) is not null
                || !order.IsPlain)
            {
                throw new UsageException("replay: --script, --record, and the target's options go with --stimuli");
            }

            return await Repeat(terminal, path, judged.Json);
        });
        return command;
    }

    private static async Task<int> Repeat(Terminal terminal, string path, bool json)
    {
        string program;
        using (var reader = SessionFile.Open(path))
        {
            program = reader.Header.Program;
            if (ExactReplay.WhyNot(reader.Header) is { } reason)
            {
                throw new UsageException(
                    $"{path} cannot be repeated: {reason}; `airhil replay {ShellWords.Path(path)} --stimuli` " +
                    "drives the virtual module, or another --target, with what the rig did");
            }
        }

        var result = await SessionFile.Reading(() => ExactReplay.Run(() => SessionFile.Open(path)));
        SessionFile.TellRepairs(terminal.Error, result.Repairs);
        if (json)
        {
            ComparisonJson.Write(terminal.OpenOutput(), result);
        }
        else if (result.Difference is { } difference)
        {
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"not the same: event {difference.Index} at {DurationText.Say(result.End)} differs"));
            foreach (var e in difference.Before) terminal.Out.WriteLine($"    {ComparisonText.Line(e)}");
            terminal.Out.WriteLine($"  - {Shown(difference.Recorded, "the recording ends here")}");
            terminal.Out.WriteLine($"  + {Shown(difference.Repeated, "nothing more comes")}");
            terminal.Out.WriteLine(program == SessionHeader.ThisProgram
                ? $"{program} recorded it, as this is: the file was changed, or AirHil has a fault; please report it " +
                    "with the recording"
                : $"{program} recorded it, and this is {SessionHeader.ThisProgram}: they model something differently");
        }
        else
        {
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"the same: {result.Events} events, {DurationText.Say(result.End)}, session {result.Hash}"));
        }

        return result.IsSame ? ExitCode.Passed : ExitCode.NotDeterministic;
    }

    private static async Task<int> Drive(
        Terminal terminal, string path, string? script, string? output, TargetOrder order, ComparisonOrder judged,
        CancellationToken cancel)
    {
        OutputPath.Check([path], ("--record", output));
        var firmware = script is null ? null : ScriptLibraries.From().Complete(FirmwareSource.FromPath(script));
        await using var choice = await TargetOpening.OpenAsync(order, cancel);
        using var place = output is null ? TemporaryFolder.Create("airhil-replay-") : null;
        var file = output ?? Path.Combine(place!.Path, "replay.ndjson.zst");
        SessionHeader header;
        SessionHeader driven;
        using (var reader = SessionFile.Open(path))
        {
            header = reader.Header;
            var options = OptionsFor(header, order, choice);
            var length = await SessionFile.Reading(() => Task.FromResult(LengthOf(path, options.Target)));
            driven = SessionHeader.For(options) with { Title = header.Title };
            await using var bench = new Bench(options);
            using var recorder = SessionRecorder.Start(bench, file, driven);
            using var progress = Progress.OnTerminal(terminal, length, quiet: true);
            await SessionFile.Reading(async () =>
            {
                await StimulusReplay.Drive(
                    bench, reader, firmware is null ? null : _ => firmware, Enough,
                    one => Prepare(options.Target, one, cancel));
                return 0;
            });
            recorder.Finish();

            bool Enough()
            {
                progress.Report(bench.Now);
                return cancel.IsCancellationRequested;
            }
        }

        if (cancel.IsCancellationRequested) return ExitCode.Interrupted;
        var result = SessionComparer.Compare(
            () => SessionFile.Open(path), () => SessionReader.Open(file),
            judged.For(header, driven));
        return judged.Tell(terminal, result, path, output ?? "the replay");
    }

    /// <summary>What the recording had around its modem, with the target that was asked for.</summary>
    private static BenchOptions OptionsFor(SessionHeader header, TargetOrder order, TargetChoice choice)
    {
        var options = header.ToOptions() with { KeptEvents = 1000 };
        if (order.IsPlain) return options;
        var target = choice.Make(new TargetUse(header.Title, header.Bits == 0 ? 32 : header.Bits));
        return options with
        {
            Target = target,
            Clock = target.Clock,
            NetworkProfile = choice.Network ?? options.NetworkProfile,
        };
    }

    /// <summary>The recording's length, once it is clear that the target can take what the rig did.</summary>
    private static TimeSpan LengthOf(string path, IModemTarget target)
    {
        using var reader = SessionFile.Open(path);
        var lacking = StimulusReplay.Lacking(reader, target);
        if (lacking.Count == 0) return reader.End?.At ?? reader.LastTime;
        throw new UsageException(
            $"{path} cannot be driven here, since the rig did\n    {string.Join("\n    ", lacking)}",
            ExitCode.TargetNotAvailable);
    }

    private static async ValueTask Prepare(IModemTarget target, FirmwareSource firmware, CancellationToken cancel)
    {
        if (await target.PrepareAsync(firmware, cancel) is { } reason)
        {
            throw new UsageException($"'{target.Name}' cannot run it: {reason}", ExitCode.TargetNotAvailable);
        }
    }

    private static string Shown(SessionEvent? e, string otherwise) => e is null ? otherwise : ComparisonText.Line(e);
}
