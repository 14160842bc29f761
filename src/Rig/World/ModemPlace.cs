using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Buses;
using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Rig.Devices;
using AirHil.Rig.Network;
using AirHil.Rig.Sessions;
using AirHil.Rig.Time;

namespace AirHil.Rig.World;

/// <summary>
/// A modem's place on the bench: records what crosses the modem interface, both ways and in order, ignores on the
/// record the commands that mean nothing in its state, and passes requests on to the air.
/// </summary>
internal sealed class ModemPlace
{
    private readonly SessionLog _session;
    private readonly Action<NetworkInput> _air;
    private readonly ModemHistory _history = new();
    private readonly PinHold[] _holds = new PinHold[ModulePin.Count];
    private readonly PinDrive[] _drives = [.. Enumerable.Range(0, ModulePin.Count).Select(ModulePin.AfterReset)];

    public ModemPlace(
        string id, Loop loop, ISansIoMachine<ModemInput, ModemOutput> modem, SessionLog session,
        Action<NetworkInput> air)
    {
        (Id, _session, _air) = (id, session, air);
        Shell = new(loop, $"the modem '{id}'", modem, Perform)
        {
            Accepts = (input, now) => input is not ModemCommand command || Accept(command, now),
        };
    }

    /// <summary>Its id in the run.</summary>
    public string Id { get; }

    public Shell<ModemInput, ModemOutput> Shell { get; }

    /// <summary>The modem itself where it holds something real that must be given back.</summary>
    public ILiveMachine? Live { get; init; }

    /// <summary>Whether its supply is on, as far as the rig can know.</summary>
    public bool Supplied { get; private set; }

    /// <summary>Sees what the modem reports, behind the session.</summary>
    public Action<ModemReport>? Reported { get; init; }

    /// <summary>What comes at the rig's end of a serial line of what the modem sends; null: all of it.</summary>
    public Func<ModemReport.UartReceived, ReadOnlyMemory<byte>>? Heard { get; init; }

    /// <summary>
    /// What comes at the modem of the bytes that a peer, by its name, sends to a port; null: all of them.
    /// </summary>
    public Func<string, int, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Said { get; init; }

    /// <summary>What the module does with each pin.</summary>
    public IReadOnlyList<PinDrive> Drives => _drives;

    /// <summary>What the rig does with a pin.</summary>
    public PinHold HoldOf(int pin) => _holds[pin];

    /// <summary>The voltage of its supply as the rig set it last.</summary>
    public required double SupplyVolts { get; set; }

    /// <summary>A peer sends bytes, which the faults of the line may change.</summary>
    public void Send(string peer, int port, ReadOnlyMemory<byte> bytes) => Shell.Post((modem, now) =>
        Take(modem, peer, port, Said is null ? bytes : Said(peer, port, bytes), now));

    /// <summary>The rest of what a peer sent comes at the modem.</summary>
    public void SendRest(string peer, int port, ReadOnlyMemory<byte> bytes) =>
        Shell.Post((modem, now) => Take(modem, peer, port, bytes, now));

    /// <summary>The rest of what the modem sent comes at the rig's end of the line.</summary>
    public void Hear(ModemReport.UartReceived rest) => Shell.Post((_, now) => Record(rest, now));

    /// <summary>A peer holds a pin, or releases it.</summary>
    public void Hold(string peer, int pin, PinHold hold) => Shell.Post((modem, now) =>
    {
        _holds[pin] = hold;
        Record(new PinHeld(now, pin, hold) { Peer = peer });
        modem.Handle(new ModemCommand.HoldPin(pin, hold), now);
    });

    /// <summary>A peer is connected to a bus; the record tells it as a peer.</summary>
    public void Connect(DeviceSpot spot, IBusDevice device) => Shell.Post((modem, now) =>
    {
        Devices.Put(spot, device);
        modem.Handle(new ModemCommand.TellDevice(spot, new DeviceOrder.Has(DeviceTable.Empty)), now);
    });

    /// <summary>The devices on its buses.</summary>
    public BusDevices Devices { get; } = new();

    private void Perform(ModemOutput output, TimeSpan now)
    {
        if (output is ModemReport.UartReceived sent)
        {
            Record(Heard is null ? sent : sent with { Bytes = Heard(sent) }, now);
            return;
        }

        if (output is ModemReport report) Reported?.Invoke(report);
        switch (output)
        {
            case AirRequest request:
                _air(new NetworkInput.FromModem(Id, request));
                break;
            case ModemReport.LogLine line:
                RecordLine(line, line.HappenedAt ?? now);
                break;
            case BusRequest request:
                Shell.Post(Devices.Answer(request));
                break;
            case ModemReport.I2cTransferred i2c:
                Record(i2c, now);
                break;
            case ModemReport.SpiTransferred spi:
                Record(spi, now);
                break;
            case ModemReport.PinDriven pin:
                _drives[pin.Pin] = pin.Drive;
                Devices.PinDriven(pin.Pin, pin.Drive);
                Record(new PinDriven(pin.HappenedAt ?? now, pin.Pin, pin.Drive));
                break;
            case ModemReport plain when Told(plain, plain.HappenedAt ?? now) is { } told:
                Record(told);
                break;
            case ModemReport.PoweredOn on:
                // Also a modem that was lost and came back by itself.
                Supplied = true;
                Record(new ModemStarted(on.HappenedAt ?? now, on.Reason, _history.CauseOf(on.Reason, on.WokenBy)));
                break;
            case ModemReport.PoweredOff:
                // Its script may have switched it off, with the supply on. Then nobody has told the air.
                Record(new ModemStopped(now));
                if (Supplied) _air(new NetworkInput.FromModem(Id, new AirRequest.Radio(false)));
                break;
            case ModemReport.Noticed notice:
                Record(new ModemNoticed(now, notice.Text));
                break;
            case ModemReport.NotModelled call:
                Record(new ModemNotModelled(now, call.Function, call.Place, call.Count, call.IsStubbed));
                break;
            case ModemReport.Vitals vitals:
                Record(new VitalsSampled(vitals.HappenedAt ?? now, vitals));
                break;
            case ModemReport.ModemLost lost:
                Supplied = false;
                Record(new ModemGone(now, lost.Reason));
                break;
            default:
                throw new InvalidOperationException($"the modem's effect {output} is not known");
        }
    }

    /// <summary>Bytes of a peer are on the wire also where the module hears nothing.</summary>
    private void Take(
        ISansIoMachine<ModemInput, ModemOutput> modem, string peer, int port, ReadOnlyMemory<byte> bytes, TimeSpan now)
    {
        if (bytes.IsEmpty) return;
        Record(new UartIn(now, port, bytes) { Peer = peer });
        if (Supplied) modem.Handle(new ModemCommand.WriteUart(port, bytes), now);
    }

    private bool Accept(ModemCommand command, TimeSpan now)
    {
        switch (command)
        {
            case ModemCommand.ApplyPower when Supplied:
                return Ignore(now, EventKinds.ApplyPower, "the supply is on already");
            case ModemCommand.ApplyPower:
                Supplied = true;
                _history.PowerApplied();
                Record(new PowerApplied(now));
                return true;
            case ModemCommand.CutPower when !Supplied:
                return Ignore(now, EventKinds.CutPower, "the supply is off already");
            case ModemCommand.CutPower:
                Supplied = false;
                Record(new PowerCut(now));
                // A module without supply says nothing, so the rig tells the air in its place.
                _air(new NetworkInput.FromModem(Id, new AirRequest.Radio(false)));
                return true;
            case ModemCommand.PullReset when !Supplied:
                return Ignore(now, EventKinds.PullReset, "the supply is off");
            case ModemCommand.PullReset:
                _history.ResetPulled();
                Record(new ResetPulled(now));
                return true;
            case ModemCommand.WriteUart write when !Supplied:
                return Ignore(now, EventKinds.UartIn(write.Port), "the supply is off");
            case ModemCommand.WriteUart write:
                Record(new UartIn(now, write.Port, write.Bytes, write.LineErrors));
                return true;
            case ModemCommand.HoldPin pin:
                _holds[pin.Pin] = pin.Hold;
                Record(new PinHeld(now, pin.Pin, pin.Hold));
                return true;
            case ModemCommand when OfFlash(command, now) is { } flash:
                Record(flash);
                return true;
            case ModemCommand.SetFlightMode when !Supplied:
                return Ignore(now, "flight.set", "the supply is off");
            case ModemCommand.SetFlightMode flight:
                Record(new FlightModeSet(now, flight.IsOn));
                return true;
            case ModemCommand.ChangeSim sim:
                Record(new SimChanged(now, sim.Card));
                return true;
            case ModemCommand.LabelModule label:
                Record(new ModuleLabelled(now, label.Label));
                return true;
            case ModemCommand.PlugUsb usb:
                Record(new UsbPlugged(now, usb.IsIn));
                return true;
            case ModemCommand.TellDevice tell:
                if (Devices.Tell(tell.Spot, tell.Order) is { } why)
                {
                    return Ignore(now, EventKinds.DeviceTold, why);
                }

                Record(new DeviceTold(now, tell.Spot, tell.Order));
                return true;
            case ModemCommand.SetAnalog set:
                if (set.Input == AnalogInput.Supply) SupplyVolts = set.Value;
                Record(new AnalogSet(now, set.Input, set.Value));
                return true;
            default:
                throw new InvalidOperationException($"the command {command} is not known");
        }
    }

    /// <summary>What is written down as it was told, and changes nothing here; null: it is more.</summary>
    private static SessionEvent? Told(ModemReport report, TimeSpan at) => report switch
    {
        ModemReport.PinPulsed pin => new PinPulsed(at, pin.Pin, pin.Hertz, pin.Duty, pin.Pulses),
        ModemReport.PinShared pin => new PinShared(at, pin.Pin, pin.First, pin.Second),
        ModemReport.StoredSeen seen =>
            new StoredSeen(at, seen.IsKey, seen.Name, seen.Content is null, seen.Content ?? default),
        ModemReport.FilesOpen files => new FilesOpen(at, files.Count),
        ModemReport.FlashWritten write => new FlashWritten(at, write.Took),
        ModemReport.FlightModeChanged flight => new FlightModeChanged(at, flight.IsOn),
        ModemReport.SleepChanged sleep => new SleepChanged(at, sleep.Mode),
        ModemReport.KeptAwake kept => new KeptAwake(at, kept.By),
        _ => null,
    };

    private static SessionEvent? OfFlash(ModemCommand command, TimeSpan now) => command switch
    {
        ModemCommand.FillDisk disk => new DiskFilled(now, disk.KilobytesLeft),
        ModemCommand.WearDisk disk => new DiskWorn(now, disk.Blocks),
        ModemCommand.PutStored put =>
            new StoredPut(now, put.IsKey, put.Name, put.Content is null, put.Content ?? default),
        ModemCommand.WatchStored watch => new StoredWatched(now, watch.IsKey, watch.Name),
        ModemCommand.WatchStorage watch => new StorageWatched(now, watch.What),
        _ => null,
    };

    private bool Ignore(TimeSpan now, string command, string why)
    {
        Record(new CommandIgnored(now, command, why));
        return false;
    }

    private void Record(ModemReport.I2cTransferred i2c, TimeSpan now) => Record(new I2cTransferred(
        i2c.HappenedAt ?? now, i2c.Bus, i2c.Address, i2c.Written is not null, i2c.Written ?? default,
        i2c.Read is { } read ? Convert.ToHexString(read.Span) : null, i2c.Result, i2c.Took));

    private void Record(ModemReport.SpiTransferred spi, TimeSpan now) => Record(new SpiTransferred(
        spi.HappenedAt ?? now, spi.Bus, spi.Sent, Convert.ToHexString(spi.Received.Span), spi.Took));

    private void Record(ModemReport.UartReceived received, TimeSpan now)
    {
        if (received.Bytes.IsEmpty) return;
        Reported?.Invoke(received);
        Record(new UartOut(received.HappenedAt ?? now, received.Port, received.Bytes));
    }

    private void RecordLine(ModemReport.LogLine line, TimeSpan at)
    {
        var (boot, moment) = _history.Read(line.Tick, line.Text);
        Record(new LogLine(at, line.Tick, line.Bytes, boot, moment));
    }

    private void Record(SessionEvent happened) => _session.Append(happened.Of(Id));
}
