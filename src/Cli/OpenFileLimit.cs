using System.Globalization;

namespace AirHil.Cli;

/// <summary>How many files the process may have open at a time, as Linux tells it.</summary>
internal static class OpenFileLimit
{
    /// <summary>The runtime and its libraries take about a hundred; boards, services, reports the rest.</summary>
    private const long Least = 200;

    private const string Place = "/proc/self/limits";
    private const string Row = "Max open files";

    /// <summary>
    /// Why no command can run; null: the limit is high enough, or the system does not tell it. Below it the runtime
    /// cannot load its own libraries, and what it says then names none of the causes.
    /// </summary>
    public static string? WhyNot()
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            var row = File.ReadLines(Place).FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal));
            var soft = row?[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit < Least
                ? $"this process may open {limit} files at a time and needs {Least}; raise the limit: ulimit -n {Least}"
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
