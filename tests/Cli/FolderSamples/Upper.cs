using AirHil.Cli.Tests.FolderSamples.Kinds;

namespace AirHil.Cli.Tests.FolderSamples.Upper;

internal sealed class Roof<T>
{
    public static string Name => Names.First;

    public Lower.Ground? On { get; init; }
}
