using AirHil.Hunt.Surroundings;
using AirHil.Modem.Buses;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Properties;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;

namespace AirHil.Hunt.Subjects;

/// <summary>
/// What of a run without faults makes a hunt say little, each with what to do about it: a script that restarts by
/// itself, a host, a UART or a bus where nobody answers, a store that refuses.
/// </summary>
public static class Hints
{
    /// <summary>Devices that fixtures/peers has, by their usual addresses on I2C.</summary>
    private static readonly Dictionary<int, string> Peers = new()
    {
        [0x44] = "sht30.lua",
        [0x45] = "sht30.lua",
        [0x3C] = "ssd1306.lua",
    };

    /// <summary>A script that asks more addresses of one bus looks for what is there.</summary>
    private const int MostAddresses = 4;

    public static IReadOnlyList<string> Of(Bench bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var hints = new List<string>();
        if (Restart(bench) is { } restart)
        {
            hints.Add(
                $"the module restarts by itself at {restart.At.TotalSeconds:0.0} s without any fault: {restart.How}; " +
                "mend that first, else the faults find a script that has just started");
        }

        var outcome = new ProbeOutcome(bench.Events, [], bench.Summary().UnknownHosts);
        hints.AddRange(Hosts(bench, outcome));
        hints.AddRange(outcome.Strangers.Where(stranger => stranger.Url is null).Select(stranger =>
            $"the script calls '{stranger.Name}', which is no name that a host can have; set it in the script"));
        hints.AddRange(LineSearch.Ports(outcome).Where(port => !bench.Events.Any(e => IsOn(port, e)))
            .Select(port => OfUart(port, LineSearch.Sent(outcome, port).Any())));
        hints.AddRange(Orders(bench.Events));
        hints.AddRange(Buses(bench.Events));
        hints.AddRange(bench.Events.OfType<LogLine>().Where(e => IsRefusal(e.Line)).Take(1).Select(e =>
            $"fskv refuses at {e.At.TotalSeconds:0.0} s without any fault: {e.Line}; the function returns false or " +
            "nothing then, and what was to be kept is lost"));
        return hints;
    }

    private static Violation? Restart(Bench bench) => bench.Properties.Any(property => property is NeverRestarts)
        ? null
        : PropertyJudge.Over(new NeverRestarts(), bench.Events).First;

    /// <summary>Hosts that have no address, and ports where nobody listens.</summary>
    private static IEnumerable<string> Hosts(Bench bench, ProbeOutcome outcome)
    {
        var opened = bench.Session.Notes().OfType<SessionNote.EndpointOpened>()
            .Select(note => (Neighbour)new Neighbour.Service(note.Endpoint, "")).ToArray();
        return ServiceSearch.Unanswered(outcome, opened, bench.Options).Select(missing =>
            $"nobody answers at {missing.Endpoint.Url}, which the script calls; put a service there in a " +
            $"feature, such as: Given {missing.Step}");
    }

    /// <summary>A script that waits for orders of a broker, where none come.</summary>
    private static IEnumerable<string> Orders(IReadOnlyList<SessionEvent> events) =>
        events.Any(e => e is MqttOut { Packet: MqttPacketType.Publish })
            ? []
            : GenericProperties.Filters(events).Take(1).Select(filter =>
                $"the script subscribes to {filter} and nothing comes there; say what is published, such as: And the " +
                $"broker publishes '{{\"n\":{{n}}}}' to \"{filter.Replace('+', '1').Replace('#', '1')}\" every 20 s");

    private static bool IsRefusal(string line) => line.StartsWith("E/fskv ", StringComparison.Ordinal)
        || line.StartsWith("W/fskv ", StringComparison.Ordinal);

    private static bool IsOn(int port, SessionEvent happened) => happened is UartIn uart && uart.Port == port;

    private static string OfUart(int port, bool isAsked) => isAsked
        ? $"the script sends on UART {port} and nothing answers there; if it waits for an answer, add a device, such " +
            $"as: Given a device on UART {port} that answers \"OK\\r\\n\" to \"AT\", or: Given a peer \"device.lua\" " +
            $"on UART {port} (docs/peers.md)"
        : $"the script has set up UART {port} and nothing comes there; say what its device sends, such as: And " +
            $"\"R,{{n}},21.5\\r\\n\" arrives at UART {port} every 5 s";

    /// <summary>Addresses that nobody has, and SPI that only reads what a line without a device shows.</summary>
    private static IEnumerable<string> Buses(IReadOnlyList<SessionEvent> events)
    {
        var i2c = events.OfType<I2cTransferred>().GroupBy(e => (e.Bus, e.Address))
            .Where(group => group.All(e => e.Result != I2cResult.Ok)).Select(group => group.Key)
            .GroupBy(asked => asked.Bus).Where(bus => bus.Count() <= MostAddresses).SelectMany(bus => bus);
        foreach (var (bus, address) in i2c)
        {
            var device = Peers.TryGetValue(address, out var peer)
                ? $"Given a peer \"{peer}\" on I2C {bus} at 0x{address:X2}"
                : $"Given an I2C device at 0x{address:X2} on I2C {bus} with the registers: and a table of register " +
                    "and value";
            yield return $"nobody answers at 0x{address:X2} of I2C {bus}, which the script asks; put a device there, " +
                $"such as: {device}";
        }

        var spi = events.OfType<SpiTransferred>().GroupBy(e => e.Bus)
            .Where(group => group.All(e => e.Received.All(c => c is 'F' or 'f' or ' ')));
        foreach (var bus in spi.Select(group => group.Key))
        {
            yield return $"nothing answers on SPI {bus}; if the script reads there, put a device there, such as: " +
                $"Given an SPI device on SPI {bus} with CS 8 with the registers: and a table of register and value";
        }
    }
}
