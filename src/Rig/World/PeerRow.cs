using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;

namespace AirHil.Rig.World;

/// <summary>
/// The peers of a world, each at its place at a modem: what that sends reaches them, and what they do it.
/// </summary>
/// <param name="find">The modem of an id; null: it is not on the bench (yet).</param>
/// <param name="record">Takes what they record.</param>
internal sealed class PeerRow(
    Loop loop, BenchOptions options, Func<string, ModemPlace?> find, Action<SessionEvent> record)
{
    private readonly List<Seat> _seats = [];

    /// <summary>Connects a peer, in the place of one that is there.</summary>
    public void Put(string modem, PeerPlace place, PeerScript script)
    {
        var earlier = _seats.Find(s => s.Modem == modem && s.Place == place);
        if (earlier is not null)
        {
            earlier.Shell?.End();
            _seats.Remove(earlier);
        }

        var machine = options.Target.BringsPeers
            ? null
            : new PeerMachine(script, place, options.Seed, options.StartDate, PinsOf(modem), loop.Now);
        var seat = new Seat(modem, place, machine, script.Name);
        _seats.Add(seat);
        if (machine is not null)
        {
            seat.Shell = new(loop, $"the peer {script.Name}", machine, (output, _) => Perform(seat, output));
        }

        if (find(modem) is { } there) Attach(seat, there);
    }

    /// <summary>A modem has come: its peers that are on buses are connected to these.</summary>
    public void Attach(ModemPlace modem)
    {
        foreach (var seat in _seats)
        {
            if (seat.Modem == modem.Id) Attach(seat, modem);
        }
    }

    /// <summary>A modem reports something that its peers may notice.</summary>
    public void Hear(string modem, ModemReport report)
    {
        foreach (var seat in _seats)
        {
            if (seat.Modem != modem) continue;
            switch (report)
            {
                case ModemReport.UartReceived uart when seat.Place == new PeerPlace.Uart(uart.Port):
                    seat.Shell?.Post(new PeerInput.Received(uart.Bytes));
                    break;
                case ModemReport.PinDriven pin:
                    seat.Shell?.Post(new PeerInput.PinChanged(pin.Pin, pin.Drive));
                    break;
            }
        }
    }

    public void End()
    {
        foreach (var seat in _seats) seat.Shell?.End();
    }

    private void Attach(Seat seat, ModemPlace modem)
    {
        if (seat.Place.Spot is not { } spot) return;
        var device = new PeerDevice(
            seat.Machine, modem.Drives, () => loop.Now, () => seat.Shell?.Post(static (_, _) => { }));
        if (seat.Machine is null) modem.Devices.Put(spot, device);
        else modem.Connect(spot, device);
    }

    private void Perform(Seat seat, PeerOutput output)
    {
        switch (output)
        {
            case PeerOutput.Send send when seat.Place is PeerPlace.Uart uart:
                find(seat.Modem)?.Send(seat.Name, uart.Port, send.Bytes);
                break;
            case PeerOutput.Hold hold:
                find(seat.Modem)?.Hold(seat.Name, hold.Pin, hold.Level);
                break;
            case PeerOutput.Recorded recorded:
                record(recorded.Event.Of(seat.Modem));
                break;
            default:
                throw new InvalidOperationException($"the peer's effect {output} is not known");
        }
    }

    private PinDrive[] PinsOf(string modem) =>
        !options.Target.Capabilities.Contains(Capability.Pins, StringComparer.Ordinal) ? []
        : find(modem) is { } there ? [.. there.Drives]
        : [.. Enumerable.Range(0, ModulePin.Count).Select(ModulePin.AfterReset)];

    private sealed record Seat(string Modem, PeerPlace Place, PeerMachine? Machine, string Name)
    {
        public Shell<PeerInput, PeerOutput>? Shell { get; set; }
    }
}
