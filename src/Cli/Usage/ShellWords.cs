using AirHil.Rig.Scenarios;

namespace AirHil.Cli.Usage;

/// <summary>Words of a command line that somebody may paste into a shell.</summary>
internal static class ShellWords
{
    /// <summary>
    /// One word, quoted where a POSIX shell would read anything into it: between apostrophes nothing is expanded
    /// (POSIX.1-2017, Shell Command Language 2.2.2). Control characters have no place in a line and become "?".
    /// </summary>
    public static string Quote(string word)
    {
        var clean = string.Concat(word.Select(c => char.IsControl(c) || TextView.Steers(c) ? '?' : c));
        return clean.Length > 0 && clean.All(IsPlain)
            ? clean
            : $"'{clean.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>An option with its value, which may begin as options do.</summary>
    public static string Option(string name, string value) =>
        value.StartsWith('-') ? Quote($"{name}={value}") : $"{name} {Quote(value)}";

    /// <summary>A path as an argument, also where it begins as options do.</summary>
    public static string Path(string path) => Quote(path.StartsWith('-') ? "./" + path : path);

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || "/._-:=,+@%".Contains(c);
}
