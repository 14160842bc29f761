using System.CommandLine;
using AirHil.Cli.Output;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Modem.Units;
using AirHil.Reports;
using AirHil.Reports.Html;
using AirHil.Rig.Comparison;
using AirHil.Rig.Sessions;

namespace AirHil.Cli.Commands;

/// <summary>
/// `airhil compare`: where two sessions differ, and what the board's timings would make of the model.
/// </summary>
internal static class CompareCommand
{
    public static Command Create(Terminal terminal)
    {
        var left = new Argument<string>("LEFT") { Description = "A recorded session, such as the board's." };
        var right = new Argument<string>("RIGHT") { Description = "Another one, such as the virtual module's." };
        var comparison = new ComparisonArguments();
        var fit = new Option<string?>("--fit")
        {
            Description = "Write the timings measured in LEFT as a profile for the virtual module (--profile of run " +
                "and test).",
            HelpName = "FILE",
        };
        var html = new Option<string?>("--html")
        {
            Description = "Write both timelines, one above the other, as a page that works offline.",
            HelpName = "FILE",
        };
        var command = new Command(
            "compare", "Compare two sessions event by event: exit 0 where they are equal, 1 where they differ.")
        {
            left, right, fit, html,
        };
        comparison.AddTo(command);
        command.SetAction(parsed =>
        {
            var (one, other) = (parsed.GetValue(left)!, parsed.GetValue(right)!);
            var order = comparison.Read(parsed);
            OutputPath.Check([one, other], ("--fit", parsed.GetValue(fit)), ("--html", parsed.GetValue(html)));
            SessionHeader first, second;
            using (var reader = SessionFile.Open(one)) first = reader.Header;
            using (var reader = SessionFile.Open(other)) second = reader.Header;
            if (parsed.GetValue(fit) is { } profile) Fit(terminal.Error, one, profile);
            var result = SessionFile.Reading(
                () => Task.FromResult(SessionComparer.Compare(
                    () => SessionFile.Open(one), () => SessionFile.Open(other),
                    order.For(first, second)))).GetAwaiter().GetResult();
            if (parsed.GetValue(html) is { } page)
            {
                HtmlReport.Write(page, ExportCommand.Report(
                    terminal.Error, one, first, Drawn(terminal.Error, result, other, second)));
            }

            return order.Tell(terminal, result, one, other);
        });
        return command;
    }

    private static ReportComparison Drawn(
        TextWriter error, ComparisonResult result, string path, SessionHeader header)
    {
        var divergence = result.First;
        return new ReportComparison(
            ExportCommand.Session(error, path, header),
            divergence is null
                ? "equal"
                : $"{result.Count} differences; the first at {DurationText.Say(divergence.At)}:\n" +
                    ComparisonText.Sentence(divergence))
        {
            DivergesAt = divergence?.Left?.At ?? divergence?.At,
            OtherDivergesAt = divergence?.Right?.At ?? divergence?.At,
        };
    }

    private static void Fit(TextWriter error, string session, string profile)
    {
        using var reader = SessionFile.Open(session);
        var measured = TimingFit.Measure(reader.ReadEvents());
        if (measured.Findings.Count == 0)
        {
            throw new UsageException(
                $"--fit: nothing could be measured in {session}; it takes a start of the module, and better a " +
                $"connection");
        }

        measured.Profile.Save(profile);
        foreach (var finding in measured.Findings) error.WriteLine($"fit: {finding}");
        error.WriteLine($"fit: written to {profile}; `airhil run … --profile {ShellWords.Path(profile)}` uses it");
    }
}
