namespace AirHil.Live.Network;

/// <summary>Nothing got through for so long that a TCP sender would have given up.</summary>
internal sealed class PathGivenUpException() : IOException("the way stayed blocked and the sender gave up");
