namespace AirHil.Modem.Sessions;

/// <summary>A line of a client reached an FTP server.</summary>
/// <param name="Line">Without its end.</param>
public sealed record FtpCommanded(TimeSpan At, Connection Connection, string Line) : ServedEvent(At, Connection)
{
    /// <summary>The command alone, in capitals.</summary>
    public string Verb => Line.Split(' ')[0].ToUpperInvariant();
}

/// <summary>An FTP server answers a command, or says how a transfer went.</summary>
/// <param name="Line">Without its end.</param>
public sealed record FtpReplied(TimeSpan At, Connection Connection, string Line) : ServedEvent(At, Connection);

/// <summary>An FTP server has a whole file of a client; the bytes are its content.</summary>
/// <param name="Path">From the root.</param>
public sealed record FtpStored(TimeSpan At, Connection Connection, string Path, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes);

/// <summary>An FTP server has given a file or a list away; the bytes are those that went out.</summary>
/// <param name="Path">From the root.</param>
public sealed record FtpSent(TimeSpan At, Connection Connection, string Path, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes);
