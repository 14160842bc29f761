using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Service.Machine;
using AirHil.VirtualModem.Firmware.Scripts;

namespace AirHil.Rig.Tests.Golden;

/// <summary>A time between two lines of a recording.</summary>
/// <param name="From">How the first line begins.</param>
/// <param name="To">How the second begins; the first such line behind it.</param>
/// <param name="Ms">In the recording, in ms.</param>
/// <param name="Nth">Which of the first lines.</param>
internal sealed record TraceTime(string From, string To, double Ms, int Nth = 1);

/// <summary>
/// A recording of reference-net §9. Round trips and DNS are those of the recording, for they are the network's; the
/// rest is the module's.
/// </summary>
/// <param name="Id">Its number, with words behind it.</param>
/// <param name="Script">What the recording's script does.</param>
internal sealed record NetworkTrace(string Id, NetworkProfile Network, string Script, params TraceTime[] Times)
{
    private const double Tolerance = 0.2;

    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Those that a table describes.</summary>
    public IReadOnlyList<Rig.Service.Endpoint> Tables { get; init; } = [];

    /// <summary>The vendor's library that the script needs; null: none. See <see cref="VendorLibrary"/>.</summary>
    public string? Library { get; init; }

    public IReadOnlyList<string> Acts { get; init; } = [];

    public double Seconds { get; init; } = 30;

    /// <summary>From an idle radio to a connection, in the recording's network; null: as in the tutorial's.</summary>
    public double? RadioMs { get; init; }

    public async Task Check()
    {
        var library = Library is null ? null : VendorLibrary.Read(Library);
        await using var bench = await ModuleLog.Powered(
            FirmwareSource.FromFiles(
            [
                new("main.lua", "sys = require('sys') sysplus = require('sysplus') libnet = require('libnet')\n" +
                    Script + "\nsys.run()"),
                new("libnet.lua", Encoding.UTF8.GetString(ShippedScripts.Source("libnet"))),
                .. library is null ? [] : new KeyValuePair<string, string>[] { new($"{Library}.lua", library) },
            ]),
            new BenchOptions
            {
                NetworkProfile = Network,
                Target = RadioMs is { } ms
                    ? new VirtualTarget { Parameters = new() { RrcSetupTime = TimeSpan.FromMilliseconds(ms) } }
                    : new VirtualTarget(),
                Services = [.. DefaultWorld.Endpoints, .. Services.Select(EndpointText.Parse), .. Tables],
            });
        foreach (var act in Acts) bench.Schedule(Modem.Acts.ScheduledAct.Parse(act));
        await bench.RunFor(TimeSpan.FromSeconds(Seconds));
        var log = ModuleLog.Of(bench);
        bench.Events.OfType<ModemNotModelled>().ShouldBeEmpty(Id);
        foreach (var time in Times)
        {
            log.Between(time.From, time.Nth, time.To)
                .ShouldBe(time.Ms, time.Ms * Tolerance, $"{Id}: {time.From} to {time.To} in\n{log}");
        }
    }
}
