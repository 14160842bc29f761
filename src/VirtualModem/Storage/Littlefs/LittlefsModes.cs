namespace AirHil.VirtualModem.Storage.Littlefs;

/// <summary>How a file is opened (S:thirdparty/littlefs/lfs.h).</summary>
[Flags]
internal enum LittlefsModes
{
    None = 0,
    Read = 1,
    Write = 2,
    Create = 4,
    Truncate = 8,
    Append = 16,
}
