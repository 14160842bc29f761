using AirHil.VirtualModem.Storage.Littlefs;

namespace AirHil.VirtualModem.Storage;

/// <summary>
/// An open file of the root. littlefs asserts that a file is opened for what is done with it. V1112's code built
/// without assertions reads and writes all the same, and so does this; a notice tells that a module restarts.
/// </summary>
internal sealed class RootFile(LittlefsVolume volume, LittlefsFile file, string path, Action<string> notice)
    : IMountedFile
{
    private bool _isNoted;

    public int Position => file.Position;
    public bool IsAtEnd => file.Position == file.Size;

    public int Read(Span<byte> target)
    {
        if (!file.Reads) Note("reads from", "writes only");
        return file.Read(target);
    }

    public bool Write(ReadOnlySpan<byte> source)
    {
        if (!file.Writes) Note("writes to", "reads only");
        return file.Write(source) == LittlefsError.None;
    }

    public bool Seek(int offset, SeekOrigin origin) => file.Seek(offset, origin);
    public void Close() => volume.Close(file);

    private void Note(string does, string mode)
    {
        if (_isNoted) return;
        _isNoted = true;
        notice($"The script {does} '{path}', which it opened with a mode that {mode}: littlefs asserts there, and a " +
            "module restarts. Open the file with another mode.");
    }
}
