namespace AirHil.Live.Remote;

/// <summary>How a remote bench is used.</summary>
public sealed record RemoteOptions
{
    /// <summary>What the bench asks its clients for; null: nothing.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// The SHA-256 of the bench's certificate, in hex, as it prints it when it starts; null: the certificate must be
    /// one that this machine trusts anyway.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>Who uses it; others see this name while the board is held.</summary>
    public string Client { get; init; } =
        $"{Environment.UserName}@{Environment.MachineName} (process {Environment.ProcessId})";

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two attempts to connect again.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long a board may take to get its script: a deploy command of its bench file, or somebody at the bench.
    /// </summary>
    public TimeSpan PrepareLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// As many messages wait for the bench at most, and as many of the bench for the run; more ends the session with
    /// that reason.
    /// </summary>
    public int MostWaiting { get; init; } = 16_384;

    /// <summary>As many bytes wait for the bench at most, and as many of the bench for the run.</summary>
    public long MostWaitingBytes { get; init; } = 64 << 20;
}
