using System.Text;
using AirHil.Cli.Usage;

namespace AirHil.Cli.Streams;

/// <summary>Where a command reads and writes: the process's own console, or what a caller gives in its place.</summary>
internal sealed class Terminal
{
    /// <summary>A path of the system has 4,096 bytes at most, and most messages name one.</summary>
    private const int LongestMessage = 6000;

    /// <summary>The console of this process.</summary>
    public static Terminal OfProcess()
    {
        var failure = new OutputFailure();
        var isClosed = OwnPipe.Has(1);
        Func<Stream> output = isClosed ? static () => Stream.Null : Console.OpenStandardOutput;
        Func<Stream> error = OwnPipe.Has(2) ? static () => Stream.Null : Console.OpenStandardError;
        if (isClosed) failure.Note(new IOException("it is closed"));
        return new Terminal
        {
            In = Console.In,
            Out = Text(output(), failure),
            // Where standard error cannot be written there is nobody to tell.
            Error = Text(error(), new OutputFailure()),
            OpenInput = Console.OpenStandardInput,
            OpenOutput = output,
            OpenError = error,
            OpenLog = () => new GuardedOutput(isClosed ? output() : StandardOutput.Open(), failure, throws: true),
            IsInputRedirected = Console.IsInputRedirected,
            IsOutputRedirected = Console.IsOutputRedirected,
            IsErrorRedirected = Console.IsErrorRedirected,
            OutputFailure = failure,
        };
    }

    private static TextWriter Text(Stream output, OutputFailure failure) => TextWriter.Synchronized(
        new StreamWriter(new GuardedOutput(output, failure, throws: false), new UTF8Encoding(false))
        {
            AutoFlush = true,
        });

    /// <summary>The exit code of a command that a signal ends; 0 where nothing else ever ends it.</summary>
    public int InterruptedCode { get; set; } = ExitCode.Interrupted;

    /// <summary>Whether standard output could be written.</summary>
    public OutputFailure OutputFailure { get; init; } = new();

    public required TextReader In { get; init; }

    /// <summary>Standard output as text; control sequences do not get through.</summary>
    public required TextWriter Out
    {
        get;
        init => field = PlainWriter.Over(value);
    }

    /// <summary>Standard error as text; control sequences and lines without an end do not get through.</summary>
    public required TextWriter Error
    {
        get;
        init
        {
            field = PlainWriter.Over(value, LongestMessage);
            Line = value;
        }
    }

    /// <summary>Standard error for a line of our own that is written over, of numbers alone.</summary>
    public TextWriter Line { get; private init; } = TextWriter.Null;

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
