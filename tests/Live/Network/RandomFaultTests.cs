using AirHil.Live.Network;
using AirHil.Modem;
using AirHil.Modem.Air;

namespace AirHil.Live.Tests.Network;

/// <summary>Faults in any order and at any moment break neither the network nor what comes after them.</summary>
public sealed class RandomFaultTests
{
    private static readonly string[] Phrases =
    [
        "drop coverage", "black hole", "drop connection", "fail dns", "silence dns", "fail tls", "hang tls",
        "slow link 50ms 20000B/s", "service down", "silent host", "close without frame", "forget connections",
        "close with 1001", "fall silent", "half frame",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_any_faults_the_service_is_reached_again(ulong seed)
    {
        var draw = new SplitMix64(seed);
        await using var world = new LiveWorld(new LiveNetworkOptions { Resolver = new FakeResolver() });
        var address = world.Network.Hosts.AddressOf(LiveWorld.EchoHost)!;
        var acting = new List<string>();
        var connection = 0;
        var seen = 0;
        var secure = new HashSet<int>();
        for (var i = 0; i < 120; i++)
        {
            switch (draw.Below(8))
            {
                case 0 or 1:
                    var tls = draw.Below(2) == 0;
                    world.Do(new AirRequest.OpenTcp(++connection, address, tls ? 443 : 80));
                    if (tls) secure.Add(connection);
                    break;
                case 2 or 3 when connection > 0:
                    world.Send(1 + draw.Below(connection), LiveWorld.Upgrade("/ws/echo"));
                    break;
                case 4 when connection > 0:
                    world.Do(new AirRequest.CloseTcp(1 + draw.Below(connection), draw.Below(2) == 0));
                    break;
                case 5 when acting.Count > 0:
                    var over = acting[draw.Below(acting.Count)];
                    acting.Remove(over);
                    world.End(over);
                    break;
                case 6:
                    var phrase = Phrases[draw.Below(Phrases.Length)];
                    acting.Add(phrase);
                    world.Begin(phrase);
                    break;
                case 7 when draw.Below(4) == 0:
                    world.Do(new AirRequest.Radio(false));
                    world.Do(new AirRequest.Radio(true));
                    break;
                default:
                    break;
            }

            world.Run(0.005);
            for (; seen < world.Seen.Count; seen++)
            {
                if (world.Seen[seen].Event is AirEvent.TcpOpened opened && secure.Contains(opened.Connection))
                {
                    world.Do(new AirRequest.StartTls(opened.Connection, LiveWorld.EchoHost));
                }
            }
        }

        foreach (var phrase in acting) world.End(phrase);
        world.Connect(connection + 1, tls: true);
        world.SendFrame(connection + 1, "{\"action\":\"echo\"}");
        world.Until(
            () => world.Received(connection + 1).Contains("airtun", StringComparison.Ordinal), "the answer");
    }
}
