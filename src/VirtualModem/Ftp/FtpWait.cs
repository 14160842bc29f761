namespace AirHil.VirtualModem.Ftp;

/// <summary>What the FTP task waits for.</summary>
internal enum FtpWaitKind
{
    /// <summary>The control connection.</summary>
    Online,

    /// <summary>The acknowledgement of what was sent on it.</summary>
    Sent,

    /// <summary>Data on it.</summary>
    Reply,

    /// <summary>Data on it, or a request.</summary>
    Anything,

    /// <summary>A request alone.</summary>
    Request,
}

/// <summary>One wait of the FTP task.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Limit">How long at most; zero: for ever.</param>
internal readonly record struct FtpWait(FtpWaitKind Kind, TimeSpan Limit)
{
    /// <summary>The limit of nearly every step.</summary>
    public static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(30);

    public static FtpWait For(FtpWaitKind kind) => new(kind, StepLimit);
}
