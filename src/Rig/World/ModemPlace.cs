using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
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

    public ModemPlace(
        string id, Loop loop, ISansIoMachine<ModemInput, ModemOutput> modem, SessionLog session,
        Action<NetworkInput> air, Action<Exception> failed)
    {
        (Id, _session, _air) = (id, session, air);
        Shell = new(loop, modem, Perform, failed)
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

    private void Perform(ModemOutput output, TimeSpan now)
    {
        switch (output)
        {
            case AirRequest request:
                _air(new NetworkInput.FromModem(Id, request));
                break;
            case ModemReport.LogLine line:
                Record(line.HappenedAt ?? now, SessionLane.Log, SessionKinds.Log, line.Text, line.Bytes, line.Tick);
                break;
            case ModemReport.UartReceived received:
                Record(received.HappenedAt ?? now, SessionLane.Uart, SessionKinds.UartOut(received.Port), "",
                    received.Bytes);
                break;
            case ModemReport.PoweredOn on:
                // Also a modem that was lost and came back by itself.
                Supplied = true;
                var reason = on.Reason == StartReason.Unknown ? "" : on.Reason.ToString();
                Record(on.HappenedAt ?? now, SessionLane.Power, SessionKinds.PoweredOn, reason);
                break;
            case ModemReport.PoweredOff:
                Supplied = false;
                Record(now, SessionLane.Power, SessionKinds.PoweredOff, "");
                break;
            case ModemReport.Noticed notice:
                Record(now, SessionLane.Rig, SessionKinds.ModemNotice, notice.Text);
                break;
            case ModemReport.Vitals vitals:
                Record(vitals.HappenedAt ?? now, SessionLane.Vitals, SessionKinds.Vitals, vitals.ToString());
                break;
            case ModemReport.ModemLost lost:
                Supplied = false;
                Record(now, SessionLane.Power, SessionKinds.ModemLost, lost.Reason);
                break;
            default:
                throw new InvalidOperationException($"the modem's effect {output} is not known");
        }
    }

    private bool Accept(ModemCommand command, TimeSpan now)
    {
        switch (command)
        {
            case ModemCommand.ApplyPower when Supplied:
                return Ignore(now, SessionKinds.ApplyPower, "the supply is on already");
            case ModemCommand.ApplyPower:
                Supplied = true;
                Record(now, SessionLane.Power, SessionKinds.ApplyPower, "");
                return true;
            case ModemCommand.CutPower when !Supplied:
                return Ignore(now, SessionKinds.CutPower, "the supply is off already");
            case ModemCommand.CutPower:
                Supplied = false;
                Record(now, SessionLane.Power, SessionKinds.CutPower, "");
                // A module without supply says nothing, so the air is told for it.
                _air(new NetworkInput.FromModem(Id, new AirRequest.Radio(false)));
                return true;
            case ModemCommand.PullReset when !Supplied:
                return Ignore(now, SessionKinds.PullReset, "the supply is off");
            case ModemCommand.PullReset:
                Record(now, SessionLane.Power, SessionKinds.PullReset, "");
                return true;
            case ModemCommand.WriteUart write when !Supplied:
                return Ignore(now, SessionKinds.UartIn(write.Port), "the supply is off");
            case ModemCommand.WriteUart write:
                var kind =
                    write.LineErrors ? SessionKinds.UartInWithErrors(write.Port) : SessionKinds.UartIn(write.Port);
                Record(now, SessionLane.Uart, kind, "", write.Bytes);
                return true;
            default:
                throw new InvalidOperationException($"the command {command} is not known");
        }
    }

    private bool Ignore(TimeSpan now, string command, string why)
    {
        Record(now, SessionLane.Rig, SessionKinds.CommandIgnored, $"{command}: {why}");
        return false;
    }

    private void Record(
        TimeSpan now, SessionLane lane, string kind, string text, ReadOnlyMemory<byte> bytes = default,
        TimeSpan? tick = null) =>
        _session.Append(new SessionEvent(now, lane, kind, text, bytes) { Modem = Id, Tick = tick });
}
