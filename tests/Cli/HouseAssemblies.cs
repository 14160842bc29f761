using System.Reflection;

namespace AirHil.Cli.Tests;

/// <summary>The assemblies of src.</summary>
internal static class HouseAssemblies
{
    public static readonly string[] Names =
    [
        "AirHil.Modem", "AirHil.Lua", "AirHil.VirtualModem", "AirHil.Rig", "AirHil.Gherkin", "AirHil.Steps",
        "AirHil.Board", "AirHil.Reports", "AirHil.Live", "AirHil.Hunt", "airhil",
    ];

    public static string PathOf(string name) => Assembly.Load(name).Location;
}
