using System.Globalization;
using System.Text.Json;
using AirHil.Rig.Runs;

namespace AirHil.Rig.Sessions;

/// <summary>A file is no session that can be read; the message begins with file and line.</summary>
/// <param name="file">The name of the file.</param>
/// <param name="line">From 1; 0 where the file as a whole is meant.</param>
/// <param name="problem">What is wrong with it.</param>
/// <param name="cause">What was thrown when it was read.</param>
public sealed class SessionFormatException(string file, long line, string problem, Exception? cause = null)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"{file}{(line > 0 ? $":{line}" : "")}: {problem}"), cause)
{
    /// <summary>Whether something was thrown because a line has not what it must have.</summary>
    internal static bool IsDamage(Exception thrown) =>
        thrown is FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException
            or OverflowException or IndexOutOfRangeException or NotSupportedException or JsonException
            or FirmwareNotFoundException;
}
