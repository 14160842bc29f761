using System.Numerics;

namespace AirHil.VirtualModem.Firmware.Libraries.Compression;

/// <summary>The symbols of lengths and distances in deflate (RFC 1951, 3.2.5).</summary>
internal static class DeflateSymbols
{
    public const int Literals = 288;
    public const int Distances = 32;
    public const int EndOfBlock = 256;
    public const int ShortestMatch = 3;
    public const int LongestMatch = 258;

    /// <summary>Bits of the longest code of literals and distances.</summary>
    public const int LongestCode = 15;

    /// <summary>In this order the lengths of the codes of code lengths are written.</summary>
    public static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Extra bits behind the symbols 16, 17 and 18 of code lengths, and what is added to them.</summary>
    public static ReadOnlySpan<byte> RunBits => [2, 3, 7];

    public static ReadOnlySpan<byte> RunBases => [3, 3, 11];

    /// <summary>The lengths of the codes in a block without a table.</summary>
    public static byte[] FixedLiteralLengths()
    {
        var lengths = new byte[Literals];
        lengths.AsSpan(0, 144).Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        lengths.AsSpan(280, 8).Fill(8);
        return lengths;
    }

    public static byte[] FixedDistanceLengths()
    {
        var lengths = new byte[Distances];
        lengths.AsSpan().Fill(5);
        return lengths;
    }

    /// <summary>Symbol, extra bits and how many they are, of a match of 3 to 258 bytes.</summary>
    public static (int Symbol, int Extra, int Bits) OfLength(int length)
    {
        var value = length - ShortestMatch;
        if (length == LongestMatch) return (285, 0, 0);
        if (value < 8) return (257 + value, 0, 0);
        var bits = BitOperations.Log2((uint)value) - 2;
        return (261 + (bits * 4) + ((value >> bits) & 3), value & ((1 << bits) - 1), bits);
    }

    /// <summary>The same of a distance of 1 to 32,768.</summary>
    public static (int Symbol, int Extra, int Bits) OfDistance(int distance)
    {
        var value = distance - 1;
        if (value < 4) return (value, 0, 0);
        var bits = BitOperations.Log2((uint)value) - 1;
        return ((2 * (bits + 1)) + ((value >> bits) & 1), value & ((1 << bits) - 1), bits);
    }
}
