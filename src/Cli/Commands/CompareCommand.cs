using System.CommandLine;
using System.Text.RegularExpressions;
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
    public static Command Create()
    {
        var left = new Argument<string>("LEFT") { Description = "A recorded session, such as the board's." };
        var right = new Argument<string>("RIGHT") { Description = "Another one, such as the virtual module's." };
        var tolerance = ComparisonWords.Tolerance();
        var relative = ComparisonWords.Relative();
        var harmless = new Option<bool>("--ignore-identity")
        {
            Description = "Pass over IMEI, ICCID, dates, and memory in use.",
        };
        var ignore = new Option<string[]>("--ignore")
        {
            Description = "Pass over what fits this regular expression in texts and bytes; any number of times.",
            HelpName = "REGEX",
        };
        var lanes = new Option<string?>("--without")
        {
            Description = "Lanes that are not compared: rig, power, log, uart, net, service.",
            HelpName = "LANES",
        };
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
        var format = ComparisonWords.Format();
        var command = new Command(
            "compare", "Compare two sessions event by event: exit 0 where they are equal, 1 where they differ.")
        {
            left, right, tolerance, relative, harmless, ignore, lanes, fit, html, format,
        };
        command.SetAction(parsed =>
        {
            var (one, other) = (parsed.GetValue(left)!, parsed.GetValue(right)!);
            var json = ComparisonWords.IsJson(parsed.GetValue(format)!);
            var given = ComparisonWords.Read(parsed.GetValue(tolerance), parsed.GetValue(relative));
            SessionHeader first, second;
            using (var reader = SessionFile.Open(one)) first = reader.Header;
            using (var reader = SessionFile.Open(other)) second = reader.Header;
            var options = ComparisonWords.OptionsFor(first, second, given) with
            {
                WithoutTexts = [.. (parsed.GetValue(ignore) ?? []).Select(Pattern)],
                WithoutLanes = ComparisonWords.Lanes(parsed.GetValue(lanes)),
            };
            if (parsed.GetValue(harmless)) options = options with { IgnoreIdentity = true };
            if (parsed.GetValue(fit) is { } profile) Fit(one, profile);
            var result = SessionFile.Reading(
                () => Task.FromResult(SessionComparer.Compare(
                    () => SessionFile.Open(one), () => SessionFile.Open(other), options))).GetAwaiter().GetResult();
            if (parsed.GetValue(html) is { } page)
            {
                HtmlReport.Write(page, ExportCommand.Report(one, first, Drawn(result, other, second)));
            }

            return ComparisonWords.Tell(result, one, other, json);
        });
        return command;
    }

    private static ReportComparison Drawn(ComparisonResult result, string path, SessionHeader header)
    {
        var divergence = result.First;
        return new ReportComparison(
            ExportCommand.Session(path, header),
            divergence is null ? "equal" : $"{result.Count} differences; the first: {divergence.Kind}")
        {
            DivergesAt = divergence?.Left?.At ?? divergence?.At,
            OtherDivergesAt = divergence?.Right?.At ?? divergence?.At,
        };
    }

    private static void Fit(string session, string profile)
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
        foreach (var finding in measured.Findings) Console.Error.WriteLine($"fit: {finding}");
        Console.Error.WriteLine($"fit: written to {profile}; `airhil run … --profile {profile}` goes by it");
    }

    private static Regex Pattern(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--ignore '{text}': {e.Message}");
        }
    }
}
