using System.Text.Json;
using AirHil.Rig.Files;

namespace AirHil.Rig.Network;

/// <summary>
/// Profiles as JSON objects, one a file; a key left out keeps the default of <see cref="NetworkProfile"/>.
/// </summary>
internal static class NetworkProfileFile
{
    private const string Keys =
        "dnsMs, roundTripMs, jitterMs, tlsHandshakeMs, uplinkBytesPerSecond, downlinkBytesPerSecond, "
        + "lossPercent, unknownHosts, synRetryMs, synRetries, retransmitFirstMs, retransmitLongestMs, "
        + "retransmitTries, retransmitTotalMs";

    /// <param name="json">The text.</param>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="FormatException">It is not a profile; the message names file and key.</exception>
    public static NetworkProfile Parse(string json, string file)
    {
        using var document = JsonFile.Parse(json, file);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{file}: a JSON object is expected");
        }

        var profile = NetworkProfile.LteGood;
        foreach (var item in document.RootElement.EnumerateObject()) profile = Set(profile, item, file);
        return profile;
    }

    private static NetworkProfile Set(NetworkProfile profile, JsonProperty item, string file)
    {
        int Number(int least, int most) =>
            item.Value.ValueKind == JsonValueKind.Number && item.Value.TryGetInt32(out var number) && number >= least
                && number <= most
                ? number
                : throw new FormatException(
                    $"{file}: {item.Name}: a whole number from {least} to {most} is expected, not " +
                    $"{item.Value.GetRawText()}");

        TimeSpan Time(int least, int most) => TimeSpan.FromMilliseconds(Number(least, most));

        const int Hour = 3_600_000;
        const int Rate = 1_000_000_000;
        return item.Name switch
        {
            "dnsMs" => profile with { DnsMs = Number(0, Hour) },
            "roundTripMs" => profile with { RoundTripMs = Number(0, Hour) },
            "jitterMs" => profile with { JitterMs = Number(0, Hour) },
            "tlsHandshakeMs" => profile with { TlsHandshakeMs = Number(0, Hour) },
            "uplinkBytesPerSecond" => profile with { UplinkBytesPerSecond = Number(1, Rate) },
            "downlinkBytesPerSecond" => profile with { DownlinkBytesPerSecond = Number(1, Rate) },
            "lossPercent" => profile with { LossPercent = Percent(item, file) },
            "unknownHosts" => profile with { UnknownHosts = Policy(item, file) },
            "synRetryMs" => profile with { SynRetryMs = Number(1, Hour) },
            "synRetries" => profile with { SynRetries = Number(0, 100) },
            "retransmitFirstMs" => profile with { Module = profile.Module with { First = Time(1, Hour) } },
            "retransmitLongestMs" => profile with { Module = profile.Module with { Longest = Time(1, Hour) } },
            "retransmitTries" => profile with { Module = profile.Module with { Tries = Number(1, 100) } },
            "retransmitTotalMs" => profile with { Module = profile.Module with { Total = Time(1, 24 * Hour) } },
            _ => throw new FormatException($"{file}: {item.Name}: unknown key; the keys are {Keys}"),
        };
    }

    private static double Percent(JsonProperty item, string file) =>
        item.Value.ValueKind == JsonValueKind.Number && item.Value.GetDouble() is >= 0 and <= 50 and var percent
            ? percent
            : throw new FormatException(
                $"{file}: {item.Name}: a number from 0 to 50 is expected, not {item.Value.GetRawText()}");

    private static UnknownHostPolicy Policy(JsonProperty item, string file) =>
        (item.Value.ValueKind == JsonValueKind.String ? item.Value.GetString() : null) switch
        {
            "nxdomain" => UnknownHostPolicy.NxDomain,
            "silence" => UnknownHostPolicy.Silence,
            _ => throw new FormatException(
                $"{file}: {item.Name}: \"nxdomain\" or \"silence\" is expected, not {item.Value.GetRawText()}"),
        };
}
