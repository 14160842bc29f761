namespace AirHil.VirtualModem.Storage;

/// <summary>A file that a script has open.</summary>
/// <param name="file">The mount's file.</param>
/// <param name="handle">1 to 16: what the firmware has for a FILE*.</param>
/// <param name="closed">Gives the handle back.</param>
internal sealed class OpenFile(IMountedFile file, int handle, Action closed)
{
    private const int Portion = 512;

    public bool IsClosed { get; private set; }
    public int Handle => handle;
    public int Position => file.Position;
    public bool IsAtEnd => file.IsAtEnd;

    public int Read(Span<byte> target) => file.Read(target);

    /// <summary>Up to that many bytes.</summary>
    public byte[] Read(long most)
    {
        var bytes = new List<byte>();
        Span<byte> portion = stackalloc byte[Portion];
        while (bytes.Count < most)
        {
            var asked = (int)Math.Min(Portion, most - bytes.Count);
            var count = file.Read(portion[..asked]);
            bytes.AddRange(portion[..count]);
            if (count < asked) break;
        }

        return [.. bytes];
    }

    /// <summary>A line without its end; null at the end of the file.</summary>
    public byte[]? ReadLine(bool keepEnd)
    {
        var bytes = new List<byte>();
        Span<byte> one = stackalloc byte[1];
        while (file.Read(one) == 1)
        {
            var isEnd = one[0] == (byte)'\n';
            if (!isEnd || keepEnd) bytes.Add(one[0]);
            if (isEnd) return [.. bytes];
        }

        return bytes.Count == 0 ? null : [.. bytes];
    }

    public bool Write(ReadOnlySpan<byte> source) => file.Write(source);
    public bool Seek(int offset, SeekOrigin origin) => file.Seek(offset, origin);

    public void Close()
    {
        IsClosed = true;
        file.Close();
        closed();
    }
}
