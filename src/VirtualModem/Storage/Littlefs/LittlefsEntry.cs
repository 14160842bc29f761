namespace AirHil.VirtualModem.Storage.Littlefs;

/// <summary>A name in a directory, with what it names.</summary>
internal sealed class LittlefsEntry(string name, LittlefsDirectory? directory)
{
    private const int TagBytes = 4;
    private const int PointerBytes = 8;

    /// <summary>One character a byte.</summary>
    public string Name { get; } = name;

    /// <summary>The directory; null for a file.</summary>
    public LittlefsDirectory? Directory { get; } = directory;

    /// <summary>The bytes of a file. The array is replaced, never changed.</summary>
    public byte[] Content { get; private init; } = [];

    /// <summary>Whether the bytes lie in the directory itself instead of in blocks of their own.</summary>
    public bool IsInline { get; private init; } = true;

    /// <summary>What the flash holds of it: a name and a content.</summary>
    public int LiveBytes => TagBytes + Name.Length + StructBytes;

    /// <summary>Bytes of a commit that tells where the content is.</summary>
    public int StructBytes => TagBytes + (Directory is null && IsInline ? Content.Length : PointerBytes);

    /// <summary>Blocks of its own.</summary>
    public int Blocks => IsInline ? 0 : BlockChain.BlocksOf(Content.Length);

    /// <summary>Below zero: before the other name. Of two that begin alike the longer comes first.</summary>
    public int Compare(string other)
    {
        var shared = Math.Min(Name.Length, other.Length);
        var order = string.CompareOrdinal(Name, 0, other, 0, shared);
        return order == 0 ? other.Length - Name.Length : order;
    }

    public LittlefsEntry With(byte[] content, bool isInline) =>
        new(Name, null) { Content = content, IsInline = isInline };

    /// <summary>The same name for a copy of its directory.</summary>
    public LittlefsEntry Of(LittlefsDirectory directory) => new(Name, directory);

    public LittlefsEntry Renamed(string name) => new(name, Directory) { Content = Content, IsInline = IsInline };
}
