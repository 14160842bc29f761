using System.Globalization;
using AirHil.Cli.Usage;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;

namespace AirHil.Cli.Output;

/// <summary>The last words of a run, on standard error.</summary>
internal static class SummaryWriter
{
    private const int MaxListed = 10;
    private const int MaxLine = 160;
    private const string NoMessage = "main.lua ended: nothing called sys.run(), so the VM exits";

    public static void Write(TextWriter output, RunSummary summary, ulong seed, TimeSpan wall)
    {
        List(output, "reset", [.. summary.Resets.Select(r => $"at {Time(r.At)}: {Line(r.Cause)}")]);
        List(output, "error",
            [
                .. summary.Errors.Select(
                    e => $"at {Time(e.At)}: {(e.Message.Length == 0 ? NoMessage : Line(e.Message))}"),
            ]);
        foreach (var call in summary.NotModelled)
        {
            output.WriteLine(call.IsStubbed
                ? $"stub: {call}"
                : $"not modelled: {call} (docs/fidelity.md lists what is modelled)");
        }

        List(output, "notice", [.. summary.Notices]);
        foreach (var host in summary.UnknownHosts)
        {
            output.WriteLine(host.Url is { } url
                ? $"unknown host: {host.Name} failed in DNS, as on the module; put it on the air with --service " +
                    ShellWords.Quote($"{url}={host.Does}")
                : $"unknown host: '{TextView.Visible(host.Name, 100)}' is no name that a host can have; see what the " +
                    "script is set to");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"simulated {DurationText.Say(summary.Simulated)} in {wall.TotalSeconds:0.00} s, {summary.Events} " +
            $"events, seed {seed}"));
        output.WriteLine($"session {summary.Hash}");
    }

    private static void List(TextWriter output, string what, string[] lines)
    {
        if (lines.Length == 0) return;
        output.WriteLine(
            $"{lines.Length}{(lines.Length >= RunSummary.MostListed ? " or more" : "")} " +
            $"{what}{(lines.Length == 1 ? "" : "s")}:");
        foreach (var line in lines.Take(MaxListed)) output.WriteLine($"  {line}");
        if (lines.Length > MaxListed) output.WriteLine($"  … and {lines.Length - MaxListed} more");
    }

    private static string Time(TimeSpan at) =>
        DurationText.Say(TimeSpan.FromMilliseconds(Math.Round(at.TotalMilliseconds)));

    private static string Line(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = end < 0 ? text : text[..end];
        // Errors that were handed up grow at the front: what went wrong is at the end.
        return line.Length <= MaxLine ? line : $"{line[..(MaxLine / 2)]} … {line[^(MaxLine / 2)..]}";
    }
}
