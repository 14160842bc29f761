using System.Text.Json;
using AirHil.Rig.Comparison;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.World;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Tests.Sessions;

/// <summary>Profiles from outside: a value is refused with its name, or the module runs with it.</summary>
public sealed class ParameterJsonTests
{
    [Theory]
    [InlineData("""{"modem":{"instructionsPerSecond":0}}""",
        "instructionsPerSecond: 0 is out of range; it must be from 10000 to 10000000000")]
    [InlineData("""{"modem":{"bits":33}}""", "bits: 33 is out of range; it must be from 32 to 64 in steps of 32")]
    [InlineData("""{"modem":{"attachTime":"-5 s"}}""", "attachTime: ")]
    [InlineData("""{"network":{"unknownHosts":"7"}}""", "unknownHosts: '7' is not one of ")]
    [InlineData("""{"network":{"unknownHosts":"99999999999999999999"}}""", "unknownHosts: '99999999999999999999' is ")]
    [InlineData("""{"network":{"dnsMs":-1}}""", "dnsMs: -1 is out of range; it must be from 0 to 86400000")]
    public void A_value_out_of_range_is_refused_by_name(string json, string message) =>
        Should.Throw<FormatException>(() => MeasuredProfile.Parse(json, "p.json")).Message
            .ShouldContain("p.json: " + message);

    public static TheoryData<string, Type> Records => new()
    {
        { "modem", typeof(ModemParameters) }, { "network", typeof(NetworkProfile) },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public async Task Any_value_is_refused_or_runs(string member, Type type)
    {
        string[] numbers = ["0", "1", "-1", "2147483647", "1e18"];
        string[] times = ["\"0 s\"", "\"1 ms\"", "\"10000 d\"", "\"-1 s\""];
        List<string> broken = [];
        foreach (var property in type.GetProperties().Where(one => one.CanWrite))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            foreach (var value in property.PropertyType == typeof(TimeSpan) ? times : numbers)
            {
                MeasuredProfile profile;
                try
                {
                    profile = MeasuredProfile.Parse($$$"""{"{{{member}}}":{"{{{name}}}":{{{value}}}}}""", "p.json");
                }
                catch (FormatException refused)
                {
                    refused.Message.ShouldContain(name);
                    continue;
                }

                await using var bench = new Bench(new BenchOptions
                {
                    Target = new VirtualTarget { Parameters = profile.Modem },
                    NetworkProfile = profile.Network,
                });
                bench.Firmware(FirmwareSource.FromPath(RecordedRuns.Script("websocket-echo")));
                await bench.ApplyPower();
                try
                {
                    await bench.RunFor(TimeSpan.FromSeconds(5));
                }
                catch (RunFailedException failed)
                {
                    broken.Add($"{name}: {value}: {failed.Message}");
                }
            }
        }

        broken.ShouldBeEmpty();
    }
}
