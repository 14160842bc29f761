using System.Reflection;

namespace AirHil.Live.Remote;

/// <summary>Numbers on which both ends of a remote bench agree (docs/remote-protocol.md).</summary>
internal static class RemoteProtocol
{
    /// <summary>The version of the protocol; both ends must speak the same.</summary>
    public const int Version = 2;

    /// <summary>The port of a bench where none is named.</summary>
    public const int DefaultPort = 7800;

    /// <summary>The most bytes of one message on the wire.</summary>
    public const int MaxMessageBytes = 4 << 20;

    /// <summary>The most bytes of the first message, which comes before the token is known.</summary>
    public const int MaxHelloBytes = 16 << 10;

    /// <summary>The most bytes that one input or output of a modem may carry.</summary>
    public const int MaxPayloadBytes = 2 << 20;

    /// <summary>The most bytes of a script's files together.</summary>
    public const int MaxFirmwareBytes = 16 << 20;

    /// <summary>The most files of a script.</summary>
    public const int MaxFirmwareFiles = 256;

    /// <summary>Files travel in pieces of this many bytes.</summary>
    public const int FirmwarePieceBytes = 256 << 10;

    /// <summary>So many scripts are kept by the bench in one session; the oldest goes first.</summary>
    public const int KeptFirmwares = 8;

    /// <summary>The most modems of one session at a time.</summary>
    public const int MaxModems = 128;

    /// <summary>The most networks of one session at a time.</summary>
    public const int MaxNetworks = 128;

    /// <summary>The most ports on which services listen in one network.</summary>
    public const int MaxNetworkPorts = 256;

    /// <summary>The most faults that act in one network at a time.</summary>
    public const int MaxNetworkFaults = 1_024;

    /// <summary>The most characters of a name or a reason.</summary>
    public const int MaxTextLength = 4_096;

    /// <summary>AirHil's own version, which the two ends tell each other.</summary>
    public static string AirHilVersion { get; } =
        typeof(RemoteProtocol).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0] ?? "unknown";
}
