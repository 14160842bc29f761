using System.Text.RegularExpressions;
using AirHil.Modem.Messages;
using AirHil.Rig.Runs;
using AirHil.Rig.Sessions;

namespace AirHil.Cli.Corpus;

/// <summary>How one project ran.</summary>
/// <param name="Folder">The project's folder as it was found.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Names">
/// The functions that are not modelled, in the order of their first calls, what the module does not have, or the
/// module that was not found.
/// </param>
/// <param name="Detail">The first error, or why the folder could not be loaded; "" without one.</param>
internal sealed partial record ProjectResult(
    string Folder, ProjectOutcome Outcome, IReadOnlyList<string> Names, string Detail)
{
    private const string NothingRan = "main.lua ended and nothing called sys.run(), so the VM exits";

    /// <summary>Judges a run by its summary.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="summary">Of its run.</param>
    /// <param name="source">Its scripts.</param>
    public static ProjectResult Of(string folder, RunSummary summary, FirmwareSource source)
    {
        string[] unmodelled = [.. summary.NotModelled.Select(call => call.Function).Distinct(StringComparer.Ordinal)];
        var error = FirstError(summary);
        if (unmodelled.Length > 0) return new(folder, ProjectOutcome.NotModelled, unmodelled, error);
        if (error.Length == 0) return new(folder, ProjectOutcome.Whole, [], "");
        if (NotOnModule.Named(error, source) is { } name) return new(folder, ProjectOutcome.NotOnModule, [name], error);
        return MissingModule().Match(error) is { Success: true } missing
            ? new(folder, ProjectOutcome.MissingModule, [missing.Groups["name"].Value], error)
            : new(folder, ProjectOutcome.Error, [], error);
    }

    private static string FirstError(RunSummary summary)
    {
        if (summary.Errors.Count > 0)
        {
            var message = summary.Errors[0].Message;
            return message.Length == 0 ? NothingRan : message.Split('\n')[0].TrimEnd('\r');
        }

        return summary.Resets.Any(reset => reset.Reason == StartReason.Watchdog)
            ? "the watchdog reset the module"
            : "";
    }

    [GeneratedRegex("module '(?<name>[^']*)' not found")]
    private static partial Regex MissingModule();
}
