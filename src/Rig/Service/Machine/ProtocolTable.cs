using AirHil.Rig.Service.Ftp;
using AirHil.Rig.Service.Http;
using AirHil.Rig.Service.Mqtt;
using AirHil.Rig.Service.Ntp;
using AirHil.Rig.Service.Raw;
using AirHil.Rig.Service.WebSocket;

namespace AirHil.Rig.Service.Machine;

/// <summary>Every protocol that the service speaks. A new one is its folder, its schemes and a row here.</summary>
internal static class ProtocolTable
{
    public static IReadOnlyList<ServiceProtocol> All { get; } =
    [
        new WebSocketProtocol(),
        new RawProtocol(),
        new HttpProtocol(),
        new MqttProtocol(),
        new FtpProtocol(),
        new NtpProtocol(),
    ];

    /// <summary>The protocol that a scheme names.</summary>
    public static ServiceProtocol Of(string scheme) => All.First(p => p.Schemes.Contains(scheme));

    /// <summary>The name of a protocol's own description in files; null: no protocol has such a one.</summary>
    public static string? NameOf(EndpointBehavior behavior) =>
        All.SelectMany(p => p.Descriptions).FirstOrDefault(d => d.Value == behavior.GetType()).Key;

    /// <summary>What a file names so; null: there is none.</summary>
    public static Type? DescriptionOf(string name) =>
        All.Select(p => p.Descriptions.GetValueOrDefault(name)).FirstOrDefault(t => t is not null);

    /// <summary>Reads an endpoint's behaviour in the short form of the command line.</summary>
    /// <exception cref="FormatException">The text is not valid; the message says what was expected.</exception>
    public static EndpointBehavior Read(ServiceUrl url, string text)
    {
        var protocol = Of(url.Scheme);
        return protocol.Read(url, text.Trim()) ?? throw new FormatException(
            $"'{text}' is not a behaviour of {url.Scheme}://; expected {protocol.Forms}");
    }
}
