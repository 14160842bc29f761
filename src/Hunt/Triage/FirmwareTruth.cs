namespace AirHil.Hunt.Triage;

/// <summary>Something that V1112 does to nearly every script, with the way round it. It is no finding.</summary>
/// <param name="State">The state in which the module stays for ever, or what the network did.</param>
/// <param name="Text">What the firmware does.</param>
/// <param name="WayRound">What a script can do about it.</param>
public sealed record FirmwareTruth(string State, string Text, string WayRound)
{
    private const string Watch =
        "start a timer when you connect; if there is no conack in time, close the client, make a new one and connect";

    /// <summary>What becomes of a text message is in the log alone (luat_sms_def_send_cb of the SDK).</summary>
    internal static FirmwareTruth LostSms { get; } = new(
        "a text message is lost",
        "V1112 tells a script nothing of a text message that the network loses or refuses, or that finds none when " +
        "the loss of coverage is not noticed yet",
        "sms.send has returned true: let the receiver answer, and send again what is not answered in time");

    /// <summary>The driver's buffer ends at 64 times its first size (hardware §7.3).</summary>
    internal static FirmwareTruth FullUart { get; } = new(
        "a UART's buffer was full",
        "V1112 drops what comes to a UART whose buffer of 64 times its first size is full, and tells a script nothing",
        "read all that is there in each receive callback, and let the device send again what is not answered");

    /// <summary>
    /// States without an end, or nearly so (reference §3.6; net §4.2: ten minutes for an HTTP answer).
    /// </summary>
    internal static IReadOnlyList<FirmwareTruth> Hangs { get; } =
    [
        new("waits for the TLS handshake", "V1112 waits for ever for the answer to a TLS handshake", Watch),
        new("waits for the upgrade", "V1112 waits for ever for the answer to a WebSocket upgrade", Watch),
        new("waits for the broker", "V1112 waits for ever for a CONNACK", Watch),
        new(
            "waits for the answer to an HTTP request",
            "V1112 waits for ten minutes for the answer to an HTTP request that has no time limit of its own",
            "give each request its limit: http.request(method, url, headers, body, {timeout = 15000})"),
    ];
}
