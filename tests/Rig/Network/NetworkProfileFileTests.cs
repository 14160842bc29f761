using AirHil.Rig.Network;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Network;

public sealed class NetworkProfileFileTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "fixtures", "networks");

    [Fact]
    public void Lte_good_is_the_default() =>
        Load(Path.Combine(Folder, "lte-good.json")).ShouldBe(NetworkProfile.LteGood);

    [Theory]
    [InlineData("lte-weak.json")]
    [InlineData("nb-slow.json")]
    public void Named_profiles_are_slower_than_lte_good(string file)
    {
        var profile = Load(Path.Combine(Folder, file));
        profile.RoundTripMs.ShouldBeGreaterThan(NetworkProfile.LteGood.RoundTripMs);
        profile.DownlinkBytesPerSecond.ShouldBeLessThan(NetworkProfile.LteGood.DownlinkBytesPerSecond);
        profile.LossPercent.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Every_key_is_read()
    {
        const string Json = """
            {"dnsMs":1,"roundTripMs":2,"jitterMs":3,"tlsHandshakeMs":4,"uplinkBytesPerSecond":5,
             "downlinkBytesPerSecond":6,"lossPercent":7.5,"unknownHosts":"silence",
             "synRetryMs":8,"synRetries":9,"retransmitFirstMs":10,
             "retransmitLongestMs":11,"retransmitTries":12,"retransmitTotalMs":13}
            """;
        static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
        NetworkProfileFile.Parse(Json, "x.json").ShouldBe(new NetworkProfile
        {
            DnsMs = 1,
            RoundTripMs = 2,
            JitterMs = 3,
            TlsHandshakeMs = 4,
            UplinkBytesPerSecond = 5,
            DownlinkBytesPerSecond = 6,
            LossPercent = 7.5,
            UnknownHosts = UnknownHostPolicy.Silence,
            SynRetryMs = 8,
            SynRetries = 9,
            Module = new RetransmitPolicy(Ms(10), Ms(11), 12, Ms(13)),
        });
    }

    [Theory]
    [InlineData("{\"rtt\": 3}", "weak.json: rtt: unknown key")]
    [InlineData("{\"dnsMs\": \"95\"}", "weak.json: dnsMs: a whole number")]
    [InlineData("{\"dnsMs\": -1}", "weak.json: dnsMs: a whole number")]
    [InlineData("{\"uplinkBytesPerSecond\": 0}", "weak.json: uplinkBytesPerSecond: a whole number from 1")]
    [InlineData("{\"lossPercent\": 80}", "weak.json: lossPercent: a number from 0 to 50")]
    [InlineData("{\"unknownHosts\": \"maybe\"}", "weak.json: unknownHosts: \"nxdomain\" or \"silence\"")]
    [InlineData("[]", "weak.json: a JSON object")]
    [InlineData("{", "weak.json: not JSON")]
    [InlineData("{\"dnsMs\": 1, \"dnsMs\": 2}", "weak.json: not JSON: ")]
    [InlineData("{\"dnsMs\": 1e999}", "weak.json: dnsMs: a whole number")]
    [InlineData("{\"lossPercent\": 1e999}", "weak.json: lossPercent: a number from 0 to 50")]
    [InlineData("{\n\"\\ud800\": 1}", "weak.json: not JSON, line 2: a text has half of a surrogate pair")]
    [InlineData("{\"unknownHosts\": \"\\udfff\"}", "weak.json: not JSON, line 1: a text has half")]
    [InlineData("{\n\"lossPercent\": NaN}", "weak.json: not JSON, line 2: 'N'")]
    public void Mistakes_name_the_file_and_the_key(string json, string message) =>
        Should.Throw<FormatException>(() => NetworkProfileFile.Parse(json, "weak.json")).Message
            .ShouldStartWith(message);

    private static NetworkProfile Load(string path) => NetworkProfileFile.Parse(File.ReadAllText(path), path);
}
