using System.Globalization;
using AirHil.Modem.Units;

namespace AirHil.Rig.Service.Ntp;

/// <summary>The time: ntp://.</summary>
internal sealed class NtpProtocol : ServiceProtocol
{
    private const int MostYears = 100;

    public override IReadOnlyList<string> Schemes => ["ntp"];

    public override string Forms => "right, silent, or how far it is ahead or behind, such as '3 years ahead'";

    public override IReadOnlyDictionary<string, Type> Descriptions { get; } =
        new SortedDictionary<string, Type>(StringComparer.Ordinal) { ["ntp"] = typeof(NtpServer) };

    public override string? WhyNoPush(ServiceUrl target) => $"{target} only answers; nothing can be sent there";

    public override bool RunsScripts => false;

    public override ServiceSite Open(ServiceSide side) => new NtpSite(side);

    public override EndpointBehavior? Read(ServiceUrl url, string text)
    {
        if (text == "right") return new NtpServer();
        if (text == "silent") return new NtpServer(IsSilent: true);
        var split = text.LastIndexOf(' ');
        if (split < 0 || text[(split + 1)..] is not ("ahead" or "behind")) return null;
        var offset = Duration(text[..split]);
        return new NtpServer(text.EndsWith("behind", StringComparison.Ordinal) ? -offset : offset);
    }

    public override EndpointBehavior ReadTable(ServiceUrl url, EndpointBehavior? before, ServiceTable table) =>
        throw NoSuchTable(url, table, "no tables");

    /// <summary>A duration, or years of 365 days.</summary>
    private static TimeSpan Duration(string text)
    {
        var words = text.Split(' ');
        if (words is not [var number, "year" or "years"]) return DurationText.Parse(text);
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var years)
            && years <= MostYears
            ? TimeSpan.FromDays(365 * years)
            : throw new FormatException($"'{number}' is no number of years up to {MostYears}");
    }
}
