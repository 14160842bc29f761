using System.Numerics;

namespace AirHil.VirtualModem.Storage.Littlefs;

/// <summary>
/// How many blocks the bytes of a file take: block n starts with pointers to earlier blocks, one for each zero at the
/// end of n, and block 0 has none (S:thirdparty/littlefs/lfs.c, lfs_ctz_index).
/// </summary>
internal static class BlockChain
{
    public const int BlockBytes = 4096;

    private const int PointerBytes = 4;

    /// <summary>The block in which the byte at <paramref name="offset"/> lies.</summary>
    public static int IndexOf(long offset)
    {
        const int least = BlockBytes - (2 * PointerBytes);
        var index = offset / least;
        if (index == 0) return 0;
        return (int)((offset - (PointerBytes * (BitOperations.PopCount((ulong)(index - 1)) + 2))) / least);
    }

    /// <summary>The bytes that so many blocks hold.</summary>
    public static long BytesIn(int blocks)
    {
        var bytes = (long)BlockBytes * blocks;
        for (var i = 1; i < blocks; i++) bytes -= PointerBytes * (BitOperations.TrailingZeroCount(i) + 1);
        return bytes;
    }

    /// <summary>The blocks of a file of that many bytes.</summary>
    public static int BlocksOf(long size) => size <= 0 ? 0 : IndexOf(size - 1) + 1;
}
