namespace AirHil.Rig.Files;

/// <summary>What a path names.</summary>
public enum FileKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A file with a length and an end.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A device, a pipe or a socket: opening it may wait, reading it may never end.</summary>
    Special,
}
