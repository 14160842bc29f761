namespace AirHil.Hunt.Triage;

/// <summary>Something that V1112 does to nearly every script, with the way round it. It is no finding.</summary>
/// <param name="State">The state in which the module stays for ever.</param>
/// <param name="Text">What the firmware does.</param>
/// <param name="WayRound">What a script can do about it.</param>
public sealed record FirmwareTruth(string State, string Text, string WayRound)
{
    private const string Watch =
        "start a timer when you connect; if there is no conack in time, close the client, make a new one and connect";

    /// <summary>Those that are known (reference §3.6).</summary>
    internal static IReadOnlyList<FirmwareTruth> All { get; } =
    [
        new("waits for the TLS handshake", "V1112 waits for ever for the answer to a TLS handshake", Watch),
        new("waits for the upgrade", "V1112 waits for ever for the answer to a WebSocket upgrade", Watch),
        new("waits for the broker", "V1112 waits for ever for a CONNACK", Watch),
    ];
}
