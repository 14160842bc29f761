namespace AirHil.Cli.Streams;

/// <summary>Where a command reads and writes: the process's own console, or what a caller gives in its place.</summary>
internal sealed class Terminal
{
    /// <summary>The console of this process.</summary>
    public static Terminal OfProcess() => new()
    {
        In = Console.In,
        Out = Console.Out,
        Error = Console.Error,
        OpenInput = Console.OpenStandardInput,
        OpenOutput = Console.OpenStandardOutput,
        OpenError = Console.OpenStandardError,
        OpenLog = StandardOutput.Open,
        IsInputRedirected = Console.IsInputRedirected,
        IsOutputRedirected = Console.IsOutputRedirected,
        IsErrorRedirected = Console.IsErrorRedirected,
    };

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Standard input as bytes.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Standard output as bytes.</summary>
    public required Func<Stream> OpenOutput { get; init; }

    /// <summary>Standard error as bytes.</summary>
    public required Func<Stream> OpenError { get; init; }

    /// <summary>Standard output as a stream that throws <see cref="IOException"/> once its reader has left.</summary>
    public required Func<Stream> OpenLog { get; init; }

    /// <summary>Whether standard input is no terminal that somebody sits at.</summary>
    public bool IsInputRedirected { get; init; } = true;

    /// <summary>Whether standard output is no terminal that somebody sits at.</summary>
    public bool IsOutputRedirected { get; init; } = true;

    /// <summary>Whether standard error is no terminal that somebody sits at.</summary>
    public bool IsErrorRedirected { get; init; } = true;
}
