using System.Text.RegularExpressions;

namespace AirHil.VirtualModem.Tests.Fidelity;

/// <summary>
/// Brings both logs to one form: what the folder's README lists as different everywhere, and nothing else.
/// </summary>
internal static partial class FidelityText
{
    /// <summary>
    /// The simulator's lines: without its banner, prefix and exit code. Chunks have V1112's names (reference §1.5): the
    /// bare file name.
    /// </summary>
    /// <param name="text">The simulator's log.</param>
    public static List<string> Expected(string text)
    {
        text = TimePrefix().Replace(text, "\n");
        text = text.Replace("[string \"main.lua\"]", "main.lua", StringComparison.Ordinal)
            .Replace("[string \\x22main.lua\\x22]", "main.lua", StringComparison.Ordinal)
            .Replace("reboot in 1000ms", "reboot in 15000ms", StringComparison.Ordinal) // reference §2.6
            .Replace("'sysplus.", "'sys.", StringComparison.Ordinal); // one library there, two here (§1.5)
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        if (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        lines.RemoveAll(line => line.StartsWith("[exit code", StringComparison.Ordinal) || IsBanner(line));
        return [.. lines.Select(Plain)];
    }

    /// <summary>The module's lines from the script's first on, without those of radio and network.</summary>
    public static List<string> Actual(IReadOnlyList<string> lines)
    {
        var start = 1 + lines.ToList().FindLastIndex(IsBanner);
        return [.. lines.Skip(start).Where(line => !NetworkLine().IsMatch(line)).Select(Plain)];
    }

    private static bool IsBanner(string line) =>
        line.StartsWith("I/main ", StringComparison.Ordinal)
            || line.StartsWith("D/main loadlibs", StringComparison.Ordinal);

    /// <summary>
    /// Arguments are joined by a blank there, by a TAB here (§2.8); addresses differ from run to run.
    /// </summary>
    private static string Plain(string line) => Address().Replace(line.Replace('\t', ' '), "$1: ADDRESS");

    [GeneratedRegex(@"\[\d{4}-\d\d-\d\d [\d:.]+\]\[\d+\.\d+\] ")]
    private static partial Regex TimePrefix();

    [GeneratedRegex(@"^(D/mobile|D/DNS|I/DNS|D/errDump|soc_cms_proc|luat_pm_get_poweron_reason) ?")]
    private static partial Regex NetworkLine();

    [GeneratedRegex(@"\b(table|function|userdata|thread): (?=[0-9A-F]*[1-9A-F])[0-9A-F]{8,16}\b")]
    private static partial Regex Address();
}
