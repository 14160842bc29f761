using System.Text;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Sessions;

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
                Arrive(SessionKinds.ApplyPower, default, now);
                break;
            case ModemCommand.CutPower:
                Arrive(SessionKinds.CutPower, default, now);
                break;
            case ModemCommand.PullReset:
                Arrive(SessionKinds.PullReset, default, now);
                break;
            case ModemCommand.WriteUart write:
                Arrive(
                    write.LineErrors ? SessionKinds.UartInWithErrors(write.Port) : SessionKinds.UartIn(write.Port),
                    write.Bytes, now);
                break;
            case AirEvent when player.TakeForModem() is { } e:
                _outputs.Enqueue(e.Kind == SessionKinds.ModemLost
                    ? new ModemReport.ModemLost(e.Text)
                    : new ModemReport.PoweredOff());
                break;
        }
    }

    public void HandleTimeout(TimeSpan now)
    {
    }

    public bool TryTake(out ModemOutput output) => _outputs.TryDequeue(out output!);

    private void Arrive(string kind, ReadOnlyMemory<byte> bytes, TimeSpan now)
    {
        player.Arrive(kind, "", bytes, id, now);
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
            player.Arrive(SessionKinds.FaultBegin, begin.Fault.Phrase, default, begin.Modem ?? "", now);
        }
        else if (input is NetworkInput.End end)
        {
            player.Arrive(SessionKinds.FaultEnd, end.Fault.Phrase, default, end.Modem ?? "", now);
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
        if (e.Kind is SessionKinds.PoweredOff or SessionKinds.ModemLost && e.Lane == SessionLane.Power)
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
    // The network is told of a connection that nobody knows: enough to wake it.
    private static readonly ServiceOutput Bell = new ServiceOutput.Forget(0);
    private bool _rings;

    public TimeSpan? NextTimeout => null;

    public void Handle(ServiceInput input, TimeSpan now)
    {
        var (kind, text, bytes) = input switch
        {
            ServiceInput.SendText push =>
                (SessionKinds.ServicePush, push.Url, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(push.Text)),
            ServiceInput.SendBinary push => (SessionKinds.ServicePushBinary, push.Url, push.Bytes),
            ServiceInput.SendPing ping => (SessionKinds.ServicePing, ping.Url, ping.Bytes),
            ServiceInput.Begin begin => (SessionKinds.FaultBegin, begin.Fault.Phrase, default),
            ServiceInput.End end => (SessionKinds.FaultEnd, end.Fault.Phrase, default),
            _ => ("", null, default),
        };
        if (kind.Length == 0) return;
        player.Arrive(kind, text ?? "", bytes, null, now);
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
