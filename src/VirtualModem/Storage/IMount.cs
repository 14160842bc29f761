namespace AirHil.VirtualModem.Storage;

/// <summary>
/// A file system at a place of the tree. Paths are relative to it, one character a byte. What a mount does not have
/// gives what L:luat/vfs/luat_vfs.c gives for a missing function.
/// </summary>
internal interface IMount
{
    /// <summary>As io.lsmount names it.</summary>
    string Kind { get; }

    MountUsage Usage { get; }

    /// <summary>Whether it has a function for umount, which does nothing.</summary>
    bool CanUnmount => true;

    /// <summary>The bytes of a file; null: there is none.</summary>
    byte[]? Content(string path);

    /// <summary>Opens a file; null: it cannot be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">As fopen takes it.</param>
    IMountedFile? Open(string path, string mode);

    /// <summary>What is in a directory from a place on; null: the mount has no lists.</summary>
    IReadOnlyList<(string Name, bool IsDirectory)>? List(string path, int offset, int count);

    /// <summary>Whether there is such a file, where the mount can tell it without opening one.</summary>
    bool? Exists(string path) => null;

    /// <summary>0 or an error.</summary>
    int Remove(string path) => -1;

    /// <summary>0 or an error.</summary>
    int Rename(string from, string to) => -1;

    /// <summary>0 or an error.</summary>
    int MakeDirectory(string path) => 0;

    /// <summary>0 or an error.</summary>
    int RemoveDirectory(string path) => 0;

    /// <summary>Removes everything; 0 or an error, null where the mount cannot be formatted.</summary>
    int? Format() => null;

    /// <summary>Bytes of a file, 0 for none.</summary>
    int Size(string path) => Content(path)?.Length ?? 0;
}
