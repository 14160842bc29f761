namespace AirHil.Cli.Streams;

/// <summary>An output whose failures are noted.</summary>
/// <param name="output">Where bytes go.</param>
/// <param name="failure">Gets the reason of a failure.</param>
/// <param name="throws">Whether the writer hears of it too; otherwise what cannot be written is left out.</param>
internal sealed class GuardedOutput(Stream output, OutputFailure failure, bool throws) : Stream
{
    private bool _hasFailed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_hasFailed && !throws) return;
        try
        {
            output.Write(buffer);
        }
        catch (IOException problem)
        {
            Fail(problem);
            if (throws) throw;
        }
        catch (UnauthorizedAccessException)
        {
            // As by `2</dev/null`; .NET then tells of a path.
            var problem = new IOException("it is open for reading only");
            Fail(problem);
            if (throws) throw problem;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => output.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Fail(IOException problem)
    {
        _hasFailed = true;
        failure.Note(problem);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) output.Dispose();
        base.Dispose(disposing);
    }
}
