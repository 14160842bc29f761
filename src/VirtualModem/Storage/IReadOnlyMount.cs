namespace AirHil.VirtualModem.Storage;

/// <summary>Files that a script can read and not change: the download and the built-in scripts.</summary>
internal interface IReadOnlyMount
{
    /// <summary>The bytes of a file by its name relative to the mount; null: there is none.</summary>
    byte[]? Find(string name);

    /// <summary>Every file with its size in bytes, by name.</summary>
    IEnumerable<(string Name, int Size)> List();
}
