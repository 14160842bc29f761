using System.Globalization;

namespace AirHil.Board.Lease;

/// <summary>Who holds a board.</summary>
/// <param name="Board">What the holder calls the board.</param>
/// <param name="ProcessId">The process; 0: not known.</param>
/// <param name="User">Whose process it is.</param>
/// <param name="Command">Its command line, shortened.</param>
/// <param name="Since">Since when, in UTC.</param>
public sealed record LeaseHolder(string Board, int ProcessId, string User, string Command, DateTimeOffset Since)
{
    private const int LongestCommand = 200;

    /// <summary>A holder that has not said who it is.</summary>
    public static LeaseHolder Unknown { get; } = new("", 0, "", "", default);

    /// <summary>This process.</summary>
    public static LeaseHolder Self(string board)
    {
        var command = string.Join(' ', Environment.GetCommandLineArgs()).ReplaceLineEndings(" ");
        return new LeaseHolder(
            board, Environment.ProcessId, Environment.UserName,
            command.Length > LongestCommand ? command[..LongestCommand] : command, DateTimeOffset.UtcNow);
    }

    public override string ToString() => ProcessId == 0
        ? "a process that has not said who it is"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"process {ProcessId} of {User} since {Since:yyyy-MM-dd HH:mm:ss} UTC: {Command}");

    internal string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{ProcessId}\n{User}\n{Since:O}\n{Board}\n{Command}\n");

    internal static LeaseHolder? FromText(string text)
    {
        var lines = text.Split('\n');
        return lines.Length >= 5
            && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && DateTimeOffset.TryParse(
                lines[2], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
                ? new LeaseHolder(lines[3], process, lines[1], lines[4], since)
                : null;
    }
}
