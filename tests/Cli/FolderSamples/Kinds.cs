namespace AirHil.Cli.Tests.FolderSamples.Kinds;

/// <summary>A constant, whose use is not seen in compiled code.</summary>
internal static class Names
{
    public const string First = "first";
}
