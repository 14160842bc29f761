using System.Text;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using CsCheck;

namespace AirHil.Rig.Tests.Network;

/// <summary>Whatever goes wrong, a stream's bytes arrive in order and once, or its connection ends.</summary>
public sealed class RandomWalkTests
{
    private const string Url = "tcp://raw.test:7000";

    private static readonly Gen<(int Act, int Wait)[]> Walks =
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 4000]).Array[1, 60];

    private static readonly NetworkFault[] Faults =
    [
        new DropCoverage(), new BlackHole(), new SilentHost(), new SlowLink(TimeSpan.FromSeconds(1), 500),
    ];

    [Fact]
    public void Streams_arrive_in_order_and_whole_or_their_connection_ends() => Gen.Select(Walks, Gen.ULong).Sample(
        (walk, seed) =>
        {
            var world = new AirWorld(
                NetworkProfile.LteGood with { LossPercent = 5, JitterMs = 20 },
                [new Endpoint(ServiceUrl.Parse(Url), new Silent())],
                seed);
            world.Do(new AirRequest.OpenTcp(1, world.Hosts.AddressOf("raw.test")!, 7000));
            world.Run(30);
            var up = new StringBuilder();
            var down = new StringBuilder();
            foreach (var (act, wait) in walk)
            {
                Step(world, act, up, down);
                world.Run(wait / 1000.0);
            }

            foreach (var fault in Faults) world.End(fault);
            world.Run(7200);
            Judge(world, up.ToString(), down.ToString());
        },
        iter: 300,
        threads: 1);

    private static void Step(AirWorld world, int act, StringBuilder up, StringBuilder down)
    {
        switch (act)
        {
            case < 4:
                var sent = $"<{up.Length}>";
                world.Do(new AirRequest.SendTcp(1, Encoding.ASCII.GetBytes(sent)));
                up.Append(sent);
                break;
            case < 6:
                var pushed = $"<{down.Length}>";
                world.Do(new ServiceInput.SendText(Url, pushed));
                down.Append(pushed);
                break;
            case < 10:
                var fault = Faults[act - 6];
                if (world.Now.Ticks % 3 == 0) world.End(fault);
                else if (!world.Session.Exists(e => e.Kind == "tcp.timeout")) world.Begin(fault);
                break;
            case 10:
                world.Begin(new SlowLink(TimeSpan.FromSeconds(1), 500));
                world.End(new SlowLink(TimeSpan.FromSeconds(1), 500));
                break;
            default:
                world.End(new BlackHole());
                world.End(new DropCoverage());
                break;
        }
    }

    private static void Judge(AirWorld world, string up, string down)
    {
        var atService = string.Concat(
            world.Session.Where(e => e.Kind == "tcp.in").Select(e => Encoding.ASCII.GetString(e.Bytes.Span)));
        var atModem = world.Received(1);
        var isEnded = world.Seen.Exists(s => s.Event is AirEvent.TcpClosed);
        var isGone = world.Session.Exists(e => e.Kind == "tcp.gone");
        up.ShouldStartWith(atService);
        down.ShouldStartWith(atModem);
        var acknowledged = world.Seen.Select(s => s.Event).OfType<AirEvent.TcpAcknowledged>().Sum(e => e.Bytes);
        acknowledged.ShouldBeLessThanOrEqualTo(atService.Length);
        if (!isEnded && !isGone)
        {
            atService.ShouldBe(up);
            atModem.ShouldBe(down);
            acknowledged.ShouldBe(up.Length);
        }

        world.Seen.Select(s => s.At).ShouldBeInOrder();
        world.Seen.Count(s => s.Event is AirEvent.TcpClosed).ShouldBeLessThanOrEqualTo(1);
    }
}
