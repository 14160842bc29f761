using System.Globalization;
using AirHil.Modem.Units;
using AirHil.Rig.Sessions;

namespace AirHil.Cli.Output;

/// <summary>The last words of a run, on standard error.</summary>
internal static class SummaryWriter
{
    private const int MaxListed = 10;

    public static void Write(TextWriter output, RunSummary summary, ulong seed, TimeSpan wall)
    {
        List(output, "reset", [.. summary.Resets.Select(r => $"at {DurationText.Format(r.At)}: {r.Cause}")]);
        List(output, "error", [.. summary.Errors.Select(e => $"at {DurationText.Format(e.At)}: {FirstLine(e.Message)}")]);
        foreach (var name in summary.NotModelled)
        {
            output.WriteLine($"not modelled: {name} (docs/fidelity.md lists what is)");
        }

        foreach (var host in summary.UnknownHosts)
        {
            output.WriteLine($"unknown host: {host} failed in DNS, as on the module; put it on the air with --service ws://{host}/=echo");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"simulated {DurationText.Format(summary.Simulated)} in {wall.TotalSeconds:0.00} s, {summary.Events} events, seed {seed}"));
        output.WriteLine($"session {summary.Hash}");
    }

    private static void List(TextWriter output, string what, string[] lines)
    {
        if (lines.Length == 0) return;
        output.WriteLine($"{lines.Length} {what}{(lines.Length == 1 ? "" : "s")}:");
        foreach (var line in lines.Take(MaxListed)) output.WriteLine($"  {line}");
        if (lines.Length > MaxListed) output.WriteLine($"  … and {lines.Length - MaxListed} more");
    }

    private static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
