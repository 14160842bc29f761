namespace AirHil.Rig.Tests.Sessions;

/// <summary>
/// A file on a disk that is full for one write, of which it takes a part, and has room again afterwards.
/// </summary>
/// <param name="failing">The number of the write that fails, from 1.</param>
/// <param name="part">How much of that write is taken, from 0 to 1.</param>
internal sealed class FailingDisk(int failing, double part) : MemoryStream
{
    public int Writes { get; private set; }

    public byte[] Content { get; private set; } = [];

    // A stream of memory leads a span to the other method, so both must not call each other.
    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (++Writes == failing)
        {
            base.Write(buffer, offset, (int)(count * part));
            throw new IOException("No space left on device");
        }

        base.Write(buffer, offset, count);
    }

    protected override void Dispose(bool disposing)
    {
        Content = ToArray();
        base.Dispose(disposing);
    }
}
