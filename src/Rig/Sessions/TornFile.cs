namespace AirHil.Rig.Sessions;

/// <summary>
/// A file that takes nothing more once a write has failed: what is in it then is the beginning of what should be, up to
/// wherever the disk was full, and never a second try behind half of the first.
/// </summary>
internal sealed class TornFile(Stream file) : Stream
{
    private Exception? _failure;

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
        Check();
        try
        {
            file.Write(buffer);
        }
        catch (Exception problem)
        {
            _failure = problem;
            throw;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        Check();
        try
        {
            file.Flush();
        }
        catch (Exception problem)
        {
            _failure = problem;
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }

    private void Check()
    {
        if (_failure is not null) throw new IOException(_failure.Message, _failure);
    }
}
