using System.Numerics;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>A point of an elliptic curve that is not infinity.</summary>
internal readonly record struct EcPoint(BigInteger X, BigInteger Y);
