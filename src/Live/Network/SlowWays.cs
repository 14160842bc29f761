using AirHil.Modem.Faults;

namespace AirHil.Live.Network;

/// <summary>The slow links that act on what arrives at a socket, and on what leaves it.</summary>
internal readonly record struct SlowWays(SlowLink? Arriving, SlowLink? Leaving);
