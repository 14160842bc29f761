namespace AirHil.VirtualModem.Displays;

/// <summary>A rectangle of a picture, as the decoder gives it.</summary>
/// <param name="Left">Its first column, and so on; all are within the picture.</param>
/// <param name="Pixels">Line by line, with five bits of red, six of green and five of blue.</param>
internal sealed record JpegPart(int Left, int Top, int Right, int Bottom, ushort[] Pixels);
