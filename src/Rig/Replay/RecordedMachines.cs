using System.Text;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Service;

namespace AirHil.Rig.Replay;

/// <summary>The modem of a recording: it hears commands, and reports what the rig must know of its supply.</summary>
internal sealed class RecordedModem(RecordedPlayer player, string id) : ISansIoMachine<ModemInput, ModemOutput>
{
    private readonly Queue<ModemOutput> _outputs = new();

    public TimeSpan? NextTimeout => null;

    public void Handle(ModemInput input, TimeSpan now)
    {
        switch (input)
        {
            case ModemCommand.ApplyPower:
                Arrive(new PowerApplied(now));
                break;
            case ModemCommand.CutPower:
                Arrive(new PowerCut(now));
                break;
            case ModemCommand.PullReset:
                Arrive(new ResetPulled(now));
                break;
            case ModemCommand.WriteUart write:
                Arrive(new UartIn(now, write.Port, write.Bytes, write.LineErrors));
                break;
            case ModemCommand.HoldPin pin:
                Arrive(new PinHeld(now, pin.Pin, pin.Hold));
                break;
            case ModemCommand.FillDisk disk:
                Arrive(new DiskFilled(now, disk.KilobytesLeft));
                break;
            case ModemCommand.WearDisk disk:
                Arrive(new DiskWorn(now, disk.Blocks));
                break;
            case ModemCommand.PutStored put:
                Arrive(new StoredPut(now, put.IsKey, put.Name, put.Content is null, put.Content ?? default));
                break;
            case ModemCommand.WatchStored watch:
                Arrive(new StoredWatched(now, watch.IsKey, watch.Name));
                break;
            case ModemCommand.WatchStorage watch:
                Arrive(new StorageWatched(now, watch.What));
                break;
            case ModemCommand.SetFlightMode flight:
                Arrive(new FlightModeSet(now, flight.IsOn));
                break;
            case ModemCommand.ChangeSim sim:
                Arrive(new SimChanged(now, sim.Card));
                break;
            case ModemCommand.LabelModule label:
                Arrive(new ModuleLabelled(now, label.Label));
                break;
            case ModemCommand.PlugUsb usb:
                Arrive(new UsbPlugged(now, usb.IsIn));
                break;
            case ModemCommand.SetAnalog set:
                Arrive(new AnalogSet(now, set.Input, set.Value));
                break;
            case ModemCommand.TellDevice tell:
                Arrive(new DeviceTold(now, tell.Spot, tell.Order));
                break;
            case AirEvent when player.TakeForModem() is { } e:
                _outputs.Enqueue(e is ModemGone gone
                    ? new ModemReport.ModemLost(gone.Reason)
                    : new ModemReport.PoweredOff());
                break;
        }
    }

    public void HandleTimeout(TimeSpan now)
    {
    }

    public bool TryTake(out ModemOutput output) => _outputs.TryDequeue(out output!);

    private void Arrive(SessionEvent act)
    {
        player.Arrive(act.Of(id), anyModem: false);
        // What follows comes from the recorded air, which must hear that there is something to do.
        _outputs.Enqueue(new AirRequest.Radio(true));
    }
}

/// <summary>The air of a recording: everything that was recorded comes from here, in its order.</summary>
internal sealed class RecordedNetwork(RecordedPlayer player)
    : ISansIoMachine<NetworkInput, NetworkOutput>, IDisposable
{
    private TimeSpan _now;
    private SessionEvent? _handed;

    public TimeSpan? NextTimeout => _handed is null ? player.NextTimeout : _now;

    public void Handle(NetworkInput input, TimeSpan now)
    {
        if (input is NetworkInput.Begin begin)
        {
            player.Arrive(new FaultBegan(now, begin.Fault) { Modem = begin.Modem ?? "" }, anyModem: false);
        }
        else if (input is NetworkInput.End end)
        {
            player.Arrive(new FaultEnded(now, end.Fault, end.Place) { Modem = end.Modem ?? "" }, anyModem: false);
        }

        else if (input is NetworkInput.GiveSms(var modem, var given))
        {
            player.Arrive(given with { At = now, Modem = modem }, anyModem: false);
        }

        else if (input is NetworkInput.MoveClient(var mover, var move))
        {
            player.Arrive(move with { At = now, Modem = mover }, anyModem: false);
        }

        // Anything else only says that an act has arrived elsewhere.
        if (_handed is null) Wake(now);
    }

    public void HandleTimeout(TimeSpan now) => Wake(now);

    public bool TryTake(out NetworkOutput output)
    {
        output = null!;
        if (_handed is not null) return false;
        if (!player.TryTake(out var e)) return false;
        if (e is ModemStopped or ModemGone)
        {
            _handed = e;
            player.HandToModem(e);
            output = new NetworkOutput.ToModem(e.Modem, new AirEvent.CoverageChanged(false));
            return true;
        }

        output = new NetworkOutput.Recorded(e);
        return true;
    }

    public void Dispose() => player.Dispose();

    private void Wake(TimeSpan now)
    {
        _now = now;
        _handed = null;
        player.Wake(now);
    }
}

/// <summary>The service of a recording: it hears what the rig makes it do, and does nothing of itself.</summary>
internal sealed class RecordedService(RecordedPlayer player) : ISansIoMachine<ServiceInput, ServiceOutput>
{
    // The network gets an event of a connection that nobody knows: enough to wake it.
    private static readonly ServiceOutput Bell = new ServiceOutput.Forget(0);
    private bool _rings;

    public TimeSpan? NextTimeout => null;

    public void Handle(ServiceInput input, TimeSpan now)
    {
        SessionEvent? act = input switch
        {
            ServiceInput.SendText push => new ServicePushed(
                now, push.Url ?? "", true, Encoding.UTF8.GetBytes(push.Text)),
            ServiceInput.SendBinary push => new ServicePushed(now, push.Url ?? "", false, push.Bytes),
            ServiceInput.SendPing ping => new ServicePinged(now, ping.Url ?? "", ping.Bytes),
            ServiceInput.Begin begin => new FaultBegan(now, begin.Fault),
            ServiceInput.End end => new FaultEnded(now, end.Fault, end.Place),
            _ => null,
        };
        if (act is null) return;
        player.Arrive(act.Of(""), anyModem: true);
        _rings = true;
    }

    public void HandleTimeout(TimeSpan now)
    {
    }

    public bool TryTake(out ServiceOutput output)
    {
        output = Bell;
        var rings = _rings;
        _rings = false;
        return rings;
    }
}
