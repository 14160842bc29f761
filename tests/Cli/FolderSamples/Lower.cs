namespace AirHil.Cli.Tests.FolderSamples.Lower;

internal sealed class Ground
{
    /// <summary>Uses what stands above it, and no <c>using</c> says so.</summary>
    public static int Height => new Upper.Roof<Ground>().GetHashCode();
}
