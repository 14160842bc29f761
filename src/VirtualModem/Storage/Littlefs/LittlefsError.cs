namespace AirHil.VirtualModem.Storage.Littlefs;

/// <summary>The results of littlefs that scripts meet: 0, or a negative number (S:thirdparty/littlefs/lfs.h).</summary>
internal static class LittlefsError
{
    public const int None = 0;
    public const int NoEntry = -2;
    public const int Exists = -17;
    public const int NotDirectory = -20;
    public const int IsDirectory = -21;
    public const int Invalid = -22;
    public const int TooBig = -27;
    public const int NoSpace = -28;
    public const int NameTooLong = -36;
    public const int NotEmpty = -39;
}
