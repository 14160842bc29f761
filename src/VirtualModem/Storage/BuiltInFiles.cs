namespace AirHil.VirtualModem.Storage;

/// <summary>
/// /lua/: the scripts inside the firmware, read-only and without a list (L:luat/vfs/luat_fs_inline.c).
/// </summary>
internal sealed class BuiltInFiles(IReadOnlyMount scripts) : IMount
{
    private const int BlockBytes = 512;

    public string Kind => "inline";

    public bool CanUnmount => false;
    public MountUsage Usage => new(0, 0, BlockBytes, "inline");

    public byte[]? Content(string path) => scripts.Find(path);

    /// <summary>The firmware reads the size from address 4; which bytes are there, no source tells.</summary>
    public int Size(string path) => 0;

    public IMountedFile? Open(string path, string mode) =>
        mode is "r" or "rb" && scripts.Find(path) is { } bytes ? new BuiltInFile(bytes) : null;

    public IReadOnlyList<(string Name, bool IsDirectory)>? List(string path, int offset, int count) => null;
}
