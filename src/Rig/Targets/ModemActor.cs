using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Actors;
using AirHil.Rig.Network;
using AirHil.Rig.Sessions;
using Akka.Actor;

namespace AirHil.Rig.Targets;

/// <summary>
/// The shell of a modem: records what crosses the modem interface, both ways and in order, ignores on the record the
/// commands that mean nothing in its state, and passes requests on to the air.
/// </summary>
internal sealed class ModemActor(
    ModemSlot slot, ISansIoMachine<ModemInput, ModemOutput> modem, IActorRef network, IActorRef recorder,
    RunContext run)
    : MachineActor<ModemInput, ModemOutput>(modem, run)
{
    protected override void Take(ModemInput input, TimeSpan now)
    {
        if (input is ModemCommand command && !Accept(command, now)) return;
        base.Take(input, now);
    }

    protected override void Perform(ModemOutput output, TimeSpan now)
    {
        switch (output)
        {
            case AirRequest request:
                network.Tell(new NetworkInput.FromModem(slot.Id, request), Self);
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
                slot.Supplied = true;
                var reason = on.Reason == StartReason.Unknown ? "" : on.Reason.ToString();
                Record(on.HappenedAt ?? now, SessionLane.Power, SessionKinds.PoweredOn, reason);
                break;
            case ModemReport.PoweredOff:
                slot.Supplied = false;
                Record(now, SessionLane.Power, SessionKinds.PoweredOff, "");
                break;
            case ModemReport.Noticed notice:
                Record(now, SessionLane.Rig, SessionKinds.ModemNotice, notice.Text);
                break;
            case ModemReport.Vitals vitals:
                // Past the recorder: not even the number of messages in the run may depend on them.
                Run.Session.Append(
                    new SessionEvent(vitals.HappenedAt ?? now, SessionLane.Vitals, SessionKinds.Vitals,
                        vitals.ToString())
                    { Modem = slot.Id });
                break;
            case ModemReport.ModemLost lost:
                slot.Supplied = false;
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
            case ModemCommand.ApplyPower when slot.Supplied:
                return Ignore(now, SessionKinds.ApplyPower, "the supply is on already");
            case ModemCommand.ApplyPower:
                slot.Supplied = true;
                Record(now, SessionLane.Power, SessionKinds.ApplyPower, "");
                return true;
            case ModemCommand.CutPower when !slot.Supplied:
                return Ignore(now, SessionKinds.CutPower, "the supply is off already");
            case ModemCommand.CutPower:
                slot.Supplied = false;
                Record(now, SessionLane.Power, SessionKinds.CutPower, "");
                // A module without supply says nothing, so the air is told for it.
                network.Tell(new NetworkInput.FromModem(slot.Id, new AirRequest.Radio(false)), Self);
                return true;
            case ModemCommand.PullReset when !slot.Supplied:
                return Ignore(now, SessionKinds.PullReset, "the supply is off");
            case ModemCommand.PullReset:
                Record(now, SessionLane.Power, SessionKinds.PullReset, "");
                return true;
            case ModemCommand.WriteUart write when !slot.Supplied:
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
        recorder.Tell(new SessionEvent(now, lane, kind, text, bytes) { Modem = slot.Id, Tick = tick }, Self);
}
