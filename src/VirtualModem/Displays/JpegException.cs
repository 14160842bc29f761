namespace AirHil.VirtualModem.Displays;

/// <summary>The decoder cannot go on.</summary>
/// <param name="error">Its number for it.</param>
/// <param name="isOtherKind">It is a JPEG of another kind, which the decoder logs.</param>
internal sealed class JpegException(JpegError error, bool isOtherKind = false) : Exception
{
    public JpegError Error => error;
    public bool IsOtherKind => isOtherKind;
}
