using System.Text.RegularExpressions;

namespace AirHil.VirtualModem.Tests.Fidelity;

/// <summary>
/// Brings the two logs to one form: object addresses become PTR and what is before and after the program goes.
/// Positions stay.
/// </summary>
internal static partial class ModuleText
{
    private const string End = "== DONE";

    /// <summary>The firmware's lines up to the end of the program.</summary>
    public static List<string> Expected(string text) => Program(text.Split('\n').Select(line => line.TrimEnd('\r')));

    /// <summary>The module's lines from the script's first on, without those of radio and network.</summary>
    public static List<string> Actual(IReadOnlyList<string> lines)
    {
        var banner = lines.ToList().FindLastIndex(line =>
            line.StartsWith("I/main ", StringComparison.Ordinal)
                || line.StartsWith("D/main loadlibs", StringComparison.Ordinal));
        return Program(lines.Skip(1 + banner).Where(line => !NetworkLine().IsMatch(line)));
    }

    private static List<string> Program(IEnumerable<string> lines) =>
        [.. lines.TakeWhile(line => line != End).Select(line => Address().Replace(line, "$1: PTR"))];

    [GeneratedRegex(@"^(D/mobile|D/DNS|I/DNS|D/errDump|soc_cms_proc|luat_pm_get_poweron_reason) ?")]
    private static partial Regex NetworkLine();

    [GeneratedRegex(
        @"\b(table|function|userdata|thread|FILE\*|ZBUFF\*): (0x)?(?=[0-9A-Fa-f]*[1-9A-Fa-f])[0-9A-Fa-f]{8}\b")]
    private static partial Regex Address();
}
