namespace AirHil.VirtualModem.Audio;

/// <summary>What the script's callback hears of, by the number that it gets.</summary>
internal enum AudioEvent
{
    MoreData = 2,
    Done = 3,
}
