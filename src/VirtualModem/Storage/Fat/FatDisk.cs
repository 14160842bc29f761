namespace AirHil.VirtualModem.Storage.Fat;

/// <summary>What is behind FatFs: the first thing that fatfs.mount names stays there until the next start.</summary>
internal enum FatDisk
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A card on SPI.</summary>
    Card,

    /// <summary>The interface for cards that the chip does not have; it answers that all is well.</summary>
    Sdio,

    /// <summary>Bytes of the heap, zeros at first.</summary>
    Memory,
}
