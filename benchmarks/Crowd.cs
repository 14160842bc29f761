using System.Globalization;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.World;

namespace AirHil.Benchmarks;

/// <summary>
/// Many modules on the air at once: for each hundred a simulated network and the tutorial's services in one loop. No
/// session is kept.
/// </summary>
internal sealed class Crowd
{
    private const int ModulesInCell = 100;

    /// <summary>All cells are within this time of each other.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    private readonly List<Cell> _cells = [];
    private TimeSpan _now;

    public Crowd(string script, int modules)
    {
        var firmware = FirmwareSource.FromPath(script);
        var options = new BenchOptions { Target = new VirtualTarget() };
        for (var first = 0; first < modules; first += ModulesInCell)
        {
            _cells.Add(new Cell(firmware, options, first, Math.Min(ModulesInCell, modules - first)));
        }
    }

    /// <summary>Answers of the service that scripts have logged.</summary>
    public long Echoes => _cells.Sum(c => c.Echoes);

    public void RunTo(TimeSpan end)
    {
        while (_now < end)
        {
            _now = end - _now > Slice ? _now + Slice : end;
            foreach (var cell in _cells) cell.RunTo(_now);
        }
    }

    /// <summary>The modules that share a network.</summary>
    private sealed class Cell
    {
        private readonly Loop _loop = new();
        private readonly Shell<NetworkInput, NetworkOutput> _network;
        private readonly Shell<ServiceInput, ServiceOutput> _service;
        private readonly Dictionary<string, Shell<ModemInput, ModemOutput>> _modems = new(StringComparer.Ordinal);

        public Cell(FirmwareSource firmware, BenchOptions options, int first, int count)
        {
            var network = new SimulatedNetwork(options.Seed + (ulong)first, options.NetworkProfile);
            _network = new(_loop, "the network", network, Perform);
            _service = new(_loop, "the service", new ServiceMachine(options.Services, options.StartDate), Perform);
            for (var i = first; i < first + count; i++)
            {
                var id = i.ToString(CultureInfo.InvariantCulture);
                var modem = new Shell<ModemInput, ModemOutput>(
                    _loop, $"the modem '{id}'", options.Target.Create(firmware, options, id),
                    (output, _) => Perform(id, output));
                _modems.Add(id, modem);
                modem.Post(new ModemCommand.ApplyPower());
            }
        }

        public long Echoes { get; private set; }

        public void RunTo(TimeSpan end) => _loop.Advance(null, end);

        private void Perform(string id, ModemOutput output)
        {
            if (output is AirRequest request) _network.Post(new NetworkInput.FromModem(id, request));
            else if (output is ModemReport.LogLine line && line.Text.Contains("\"echo\"", StringComparison.Ordinal))
            {
                Echoes++;
            }
        }

        private void Perform(NetworkOutput output, TimeSpan now)
        {
            if (output is NetworkOutput.ToService toService) _service.Post(toService.Input);
            else if (output is NetworkOutput.ToModem(var id, var happened)) _modems[id].Post(happened);
        }

        private void Perform(ServiceOutput output, TimeSpan now)
        {
            if (output is not ServiceOutput.Recorded) _network.Post(new NetworkInput.FromService(output));
        }
    }
}
