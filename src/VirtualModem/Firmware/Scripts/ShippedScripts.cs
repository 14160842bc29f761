namespace AirHil.VirtualModem.Firmware.Scripts;

/// <summary>
/// Script libraries for people who do not have the vendor's. They are written from the behaviour of the vendor's
/// libraries of the same name, and come with a project that requires them and lacks them (reference-net §2.2).
/// </summary>
public static class ShippedScripts
{
    /// <summary>What there is.</summary>
    public static IReadOnlyList<string> Names { get; } = ["libnet", "netLed"];

    /// <summary>The source text of one.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static byte[] Source(string name) => Names.Contains(name)
        ? BuiltInScripts.Source(name)
        : throw new ArgumentException($"AirHil brings no library '{name}'.", nameof(name));
}
