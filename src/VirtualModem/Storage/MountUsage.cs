namespace AirHil.VirtualModem.Storage;

/// <summary>What fs.fsstat tells.</summary>
/// <param name="Blocks">All blocks.</param>
/// <param name="Used">Blocks in use.</param>
/// <param name="BlockBytes">Bytes of a block.</param>
/// <param name="Kind">The name of the file system; not always that of io.lsmount.</param>
internal readonly record struct MountUsage(int Blocks, int Used, int BlockBytes, string Kind);
