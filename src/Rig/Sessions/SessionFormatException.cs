using System.Globalization;

namespace AirHil.Rig.Sessions;

/// <summary>A file is no session that can be read; the message begins with file and line.</summary>
public sealed class SessionFormatException : Exception
{
    public SessionFormatException(string file, long line, string problem, Exception? cause = null)
        : base(
            string.Create(CultureInfo.InvariantCulture, $"{file}{(line > 0 ? $":{line}" : "")}: {problem}"), cause)
    {
        File = file;
        Line = line;
    }

    public string File { get; }

    /// <summary>From 1; 0 where the file as a whole is meant.</summary>
    public long Line { get; }
}
