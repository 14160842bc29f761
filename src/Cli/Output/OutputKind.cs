using System.Text;
using AirHil.Rig.Files;

namespace AirHil.Cli.Output;

/// <summary>
/// What a file that an option names may hold already: an older one of its kind is replaced, and anything else is the
/// user's.
/// </summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Starts">What such a file begins with, one of them.</param>
/// <param name="Mark">What is near its beginning besides; "": nothing.</param>
internal sealed record OutputKind(string Name, string[] Starts, string Mark = "")
{
    private const int HeadBytes = 8 * 1024;

    private static readonly OutputKind Page = new("page of AirHil", ["<!DOCTYPE html>"], " · AirHil</title>");

    private static readonly Dictionary<string, OutputKind> ByOption = new(StringComparer.Ordinal)
    {
        ["--junit"] = new("JUnit report", ["<"], "<testsuite"),
        ["--messages"] = new("file of Cucumber messages", ["{\"meta\":"]),
        ["--coverage"] = new("lcov file", ["TN:", "SF:"]),
        ["-o"] = Page,
        ["--html"] = Page,
        ["--pcapng"] = new("pcapng file", ["\n\r\r\n"]),
        ["--vcd"] = new("VCD file", ["$"]),
        ["--fit"] = new("profile", ["{"], "\"modem\""),
        // A compressed one by the first bytes of gzip and Zstandard.
        ["--record"] = new("recorded session", ["{\"airhil\":", "\u001f\u008b", "\u0028\u00b5\u002f\u00fd"]),
    };

    /// <summary>Why a file must not be replaced; null: it may be, as it is empty or of the option's kind.</summary>
    /// <param name="option">Such as "--junit".</param>
    /// <param name="path">A regular file.</param>
    public static string? WhyNot(string option, string path)
    {
        if (!ByOption.TryGetValue(option, out var kind)) return null;
        var head = InputFile.ReadHead(path, HeadBytes);
        // Byte for byte, so that the first bytes of no format are changed.
        return head.Length == 0
            || (kind.Starts.Any(start => head.AsSpan().StartsWith(Encoding.Latin1.GetBytes(start)))
                && head.AsSpan().IndexOf(Encoding.UTF8.GetBytes(kind.Mark)) >= 0)
            ? null
            : $"'{path}' would be lost, which is no {kind.Name}; name another file, or delete it";
    }
}
