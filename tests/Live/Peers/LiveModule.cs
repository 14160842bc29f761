using System.Globalization;
using AirHil.Live.Network;
using AirHil.Live.Tests.Network;
using AirHil.Modem.Faults;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Time;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Live.Tests.Peers;

/// <summary>A virtual module on the live network, where "server.test" is this machine.</summary>
internal sealed class LiveModule : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Bench _bench = new(new BenchOptions
    {
        Target = new VirtualTarget
        {
            Clock = RigClock.Wall,
            Parameters = new ModemParameters
            {
                ColdIpReady = TimeSpan.FromMilliseconds(1200),
                TlsComputeTime = TimeSpan.FromMilliseconds(100),
                TlsFlightTime = TimeSpan.FromMilliseconds(50),
            },
            Network = _ => new LiveNetwork(new LiveNetworkOptions { Resolver = new FakeResolver() }),
        },
        Services = [],
    });

    /// <summary>Starts a task that begins when the network and the time are there.</summary>
    /// <param name="task">Lua; PORT stands for the port.</param>
    public static async Task<LiveModule> Start(int port, string task)
    {
        var module = new LiveModule();
        var number = port.ToString(CultureInfo.InvariantCulture);
        module._bench.Firmware(FirmwareSource.FromText(
            $"""
            _G.sys = require("sys")
            _G.sysplus = require("sysplus")
            sys.taskInit(function()
                sys.waitUntil("NTP_UPDATE")
            {task.Replace("PORT", number, StringComparison.Ordinal)}
            end)
            sys.run()
            """));
        await module._bench.ApplyPower();
        return module;
    }

    /// <summary>Waits for log lines with these texts, in this order.</summary>
    /// <returns>The last of them.</returns>
    public async Task<string> Logs(params string[] texts)
    {
        var line = "";
        foreach (var text in texts) line = (await _bench.Expect(Match.LogContains(text), Patience)).Event.Text;
        return line;
    }

    public async Task LosesItsConnections() => await _bench.Begin(new ResetConnections());

    /// <summary>Lets the module run while something else does.</summary>
    public async Task<string> During(Task<string> work)
    {
        await _bench.RunUntil(() => work.IsCompleted, Patience);
        work.IsCompleted.ShouldBeTrue();
        return await work;
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();
}
