using System.Text.Json.Serialization;

namespace AirHil.Rig.Service.Ftp;

/// <summary>An FTP server: the description of an endpoint at ftp://.</summary>
internal sealed record FtpServer : EndpointBehavior
{
    /// <summary>Who may log in; nobody named: everybody.</summary>
    public IReadOnlyList<FtpUser> Users { get; init; } = [];

    /// <summary>What is there at first.</summary>
    public IReadOnlyList<FtpFile> Files { get; init; } = [];

    /// <summary>What is said instead of the usual; the first one that fits and has a turn left.</summary>
    public IReadOnlyList<FtpRule> Replies { get; init; } = [];

    /// <summary>It takes connections and says nothing at all.</summary>
    public bool IsSilent { get; init; }

    public bool Equals(FtpServer? other) => other is not null && IsSilent == other.IsSilent
        && Users.SequenceEqual(other.Users) && Files.SequenceEqual(other.Files)
        && Replies.SequenceEqual(other.Replies);

    public override int GetHashCode() => HashCode.Combine(Users.Count, Files.Count, Replies.Count, IsSilent);
}

/// <summary>Somebody who may log in.</summary>
internal sealed record FtpUser(string Name, string Password);

/// <summary>A file, and how it goes out.</summary>
/// <param name="Path">From the root, such as /a/b.txt; its folders are there with it.</param>
internal sealed record FtpFile(string Path, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>How fast it goes out; null: at once.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>Its transfer ends behind that many bytes; null: it does not.</summary>
    public int? CutAfter { get; init; }

    public bool Equals(FtpFile? other) => other is not null && Path == other.Path
        && Bytes.Span.SequenceEqual(other.Bytes.Span) && BytesPerSecond == other.BytesPerSecond
        && CutAfter == other.CutAfter;

    public override int GetHashCode() => HashCode.Combine(Path, Bytes.Length);
}

/// <summary>
/// What is said to a command instead of the usual. The command then does nothing, unless the reply is
/// <see cref="Usual"/>.
/// </summary>
/// <param name="To">A line such as "RETR a.txt", a command such as "RETR", or "" for a new connection.</param>
/// <param name="Reply">Without its end; "" for none.</param>
internal sealed record FtpRule(string To, string Reply)
{
    /// <summary>The command does what it usually does, when the delay is over.</summary>
    public const string Usual = "usual";

    /// <summary>From the command to the reply.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How often in all; null: always.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Times { get; init; }

    /// <summary>What follows the reply.</summary>
    public FtpEnd Then { get; init; }

    public bool Fits(string line) =>
        To == line || (To.Length > 0 && line.Split(' ')[0].Equals(To, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What follows a reply.</summary>
internal enum FtpEnd
{
    Nothing,

    /// <summary>FIN.</summary>
    Closes,

    /// <summary>RST.</summary>
    Resets,
}
