namespace AirHil.Modem.Messages;

/// <summary>What a rig can watch of the module's storage.</summary>
public enum StorageWatch
{
    /// <summary>How many files a script has open.</summary>
    OpenFiles,

    /// <summary>When something is written to flash.</summary>
    Writes,
}
