using System.Globalization;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;
using AirHil.Rig.Service.WebSocket;

namespace AirHil.Benchmarks;

/// <summary>
/// Many modules on the air at once: for each hundred a simulated network and the tutorial's services, and one loop that
/// goes from deadline to deadline. No session is kept.
/// </summary>
internal sealed class Crowd
{
    private const int ModulesInCell = 100;
    private readonly PriorityQueue<Cell, TimeSpan> _due = new();
    private readonly List<Cell> _cells = [];

    public Crowd(string script, int modules)
    {
        var firmware = FirmwareSource.FromPath(script);
        var options = new BenchOptions { Target = new VirtualTarget() };
        for (var first = 0; first < modules; first += ModulesInCell)
        {
            var cell = new Cell(firmware, options, first, Math.Min(ModulesInCell, modules - first));
            _cells.Add(cell);
            _due.Enqueue(cell, TimeSpan.Zero);
        }
    }

    /// <summary>Answers of the service that scripts have logged.</summary>
    public long Echoes => _cells.Sum(c => c.Echoes);

    public void RunTo(TimeSpan end)
    {
        while (_due.TryPeek(out var cell, out var time) && time <= end)
        {
            var next = cell.Run(time);
            if (next is { } due) _due.DequeueEnqueue(cell, due);
            else _due.Dequeue();
        }
    }

    /// <summary>The modules that share a network.</summary>
    private sealed class Cell
    {
        private readonly SimulatedNetwork _network;
        private readonly WebSocketService _service;
        private readonly Dictionary<string, ISansIoMachine<ModemInput, ModemOutput>> _modems =
            new(StringComparer.Ordinal);
        private readonly PriorityQueue<string, TimeSpan> _wakes = new();
        private bool _started;

        public Cell(FirmwareSource firmware, BenchOptions options, int first, int count)
        {
            _network = new SimulatedNetwork(options.Seed + (ulong)first, options.NetworkProfile);
            _service = new WebSocketService(options.Services);
            for (var i = first; i < first + count; i++)
            {
                var id = i.ToString(CultureInfo.InvariantCulture);
                _modems.Add(id, options.Target.Create(firmware, options, id));
            }
        }

        public long Echoes { get; private set; }

        /// <summary>Does all that is due; gives the time at which more is.</summary>
        public TimeSpan? Run(TimeSpan now)
        {
            Settle(now);
            if (!_started)
            {
                _started = true;
                foreach (var (id, modem) in _modems)
                {
                    modem.Handle(new ModemCommand.ApplyPower(), now);
                    Settle(id, modem, now);
                }
            }

            _network.HandleTimeout(now);
            _service.HandleTimeout(now);
            Settle(now);
            while (_wakes.TryPeek(out var id, out var time) && time <= now)
            {
                _wakes.Dequeue();
                var modem = _modems[id];
                modem.HandleTimeout(now);
                Settle(id, modem, now);
            }

            var next = Earlier(_network.NextTimeout, _service.NextTimeout);
            return _wakes.TryPeek(out _, out var wake) ? Earlier(next, wake) : next;
        }

        private void Settle(string id, ISansIoMachine<ModemInput, ModemOutput> modem, TimeSpan now)
        {
            while (modem.TryTake(out var output))
            {
                if (output is AirRequest request) _network.Handle(new NetworkInput.FromModem(id, request), now);
                else if (output is ModemReport.LogLine line && line.Text.Contains("\"echo\"", StringComparison.Ordinal))
                {
                    Echoes++;
                }
            }

            // A wake that is no longer needed does no harm.
            if (modem.NextTimeout is { } due) _wakes.Enqueue(id, due > now ? due : now);
            Settle(now);
        }

        private void Settle(TimeSpan now)
        {
            var busy = true;
            while (busy)
            {
                busy = false;
                while (_network.TryTake(out var output))
                {
                    busy = true;
                    if (output is NetworkOutput.ToService toService) _service.Handle(toService.Input, now);
                    else if (output is NetworkOutput.ToModem(var id, var happened))
                    {
                        _modems[id].Handle(happened, now);
                        Settle(id, _modems[id], now);
                    }
                }

                while (_service.TryTake(out var output))
                {
                    busy = true;
                    if (output is ServiceOutput.Recorded) continue;
                    _network.Handle(new NetworkInput.FromService(output), now);
                }
            }
        }

        private static TimeSpan? Earlier(TimeSpan? a, TimeSpan? b) => a is null || b < a ? b ?? a : a;
    }
}
