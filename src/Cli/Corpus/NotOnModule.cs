using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AirHil.Rig.Runs;
using AirHil.VirtualModem.Firmware.Libraries;

namespace AirHil.Cli.Corpus;

/// <summary>
/// Tells a script that asks for what V1112 does not have from a script with an error of its own: the module ends it
/// with the same error.
/// </summary>
internal static partial class NotOnModule
{
    private static readonly HashSet<string> Present =
        new(ModelCoverage.OfTheFirmware().Select(library => library.Name), StringComparer.Ordinal);

    private static readonly HashSet<string> Absent = new(ModelCoverage.Absent, StringComparer.Ordinal);

    /// <summary>The library or function of LuatOS that V1112 lacks; null: the error has another reason.</summary>
    /// <param name="error">Of Lua, with its file and line.</param>
    /// <param name="source">The script.</param>
    public static string? Named(string error, FirmwareSource source)
    {
        if (Global().Match(error) is { Success: true } global)
        {
            return Absent.Contains(global.Groups["name"].Value) ? global.Groups["name"].Value : null;
        }

        if (Field().Match(error) is not { Success: true } field) return null;
        var name = field.Groups["name"].Value;
        var number = int.Parse(field.Groups["line"].Value, CultureInfo.InvariantCulture);
        var line = Line(source, field.Groups["file"].Value, number);
        return Owners(line, name).FirstOrDefault(Present.Contains) is { } owner ? $"{owner}.{name}" : null;
    }

    private static string Line(FirmwareSource source, string file, int number)
    {
        var text = Encoding.UTF8.GetString(source.Files.FirstOrDefault(f => f.Key == file).Value.Span);
        return text.Split('\n').ElementAtOrDefault(number - 1) ?? "";
    }

    private static IEnumerable<string> Owners(string line, string name) =>
        from Match call in Call().Matches(line)
        where call.Groups["name"].Value == name
        select call.Groups["owner"].Value;

    [GeneratedRegex(@"attempt to (?:index|call) a nil value \(global '(?<name>\w+)'\)")]
    private static partial Regex Global();

    [GeneratedRegex(
        @"(?<file>[^:/\s]+\.lua):(?<line>[0-9]{1,6}): attempt to call a nil value \(field '(?<name>\w+)'\)")]
    private static partial Regex Field();

    [GeneratedRegex(@"\b(?<owner>\w+)\.(?<name>\w+)\s*\(")]
    private static partial Regex Call();
}
