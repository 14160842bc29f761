namespace AirHil.VirtualModem.Storage.Fat;

/// <summary>The results of FatFs that can be without a medium (L:components/fatfs/ff.h).</summary>
internal static class FatError
{
    public const int NotReady = 3;
    public const int InvalidDrive = 11;
    public const int NotEnabled = 12;
    public const int NoFileSystem = 13;
}
