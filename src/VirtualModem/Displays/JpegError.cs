namespace AirHil.VirtualModem.Displays;

/// <summary>Why V1112 does not show a picture in JPEG, with the numbers of L:components/tjpgd/tjpgd.h.</summary>
internal enum JpegError
{
    None,

    /// <summary>The file ends too soon.</summary>
    Input = 2,

    /// <summary>The decoder's memory has no room for the tables.</summary>
    Memory = 3,

    /// <summary>A segment is longer than the buffer.</summary>
    Segment = 4,

    /// <summary>The data are broken.</summary>
    Broken = 6,

    /// <summary>It is no baseline JPEG that the decoder knows.</summary>
    Unsupported = 8,
}
