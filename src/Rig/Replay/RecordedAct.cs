using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;

namespace AirHil.Rig.Replay;

/// <summary>One thing that the rig did in a recorded run, as it can be done again.</summary>
/// <param name="Index">How many events are before it in the recording.</param>
/// <param name="At">The run's time.</param>
/// <param name="Step">Its place in a virtual run; null where the recording does not tell.</param>
/// <param name="What">In words, for messages.</param>
internal abstract record RecordedAct(long Index, TimeSpan At, long? Step, string What)
{
    /// <summary>The capability that a target must have for it; null: every target can take it.</summary>
    public virtual string? Needs => null;

    /// <summary>Does it again.</summary>
    internal abstract ValueTask Do(Bench bench);

    /// <summary>A module was put on the bench.</summary>
    public sealed record Load(
        long Index, TimeSpan At, long? Step, string What, FirmwareSource Firmware, string Modem)
        : RecordedAct(Index, At, Step, What)
    {
        internal override ValueTask Do(Bench bench)
        {
            bench.Firmware(Firmware, Modem);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>An endpoint was opened, or given another behaviour.</summary>
    public sealed record Open(long Index, TimeSpan At, long? Step, string What, Endpoint Endpoint)
        : RecordedAct(Index, At, Step, What)
    {
        internal override ValueTask Do(Bench bench)
        {
            bench.AddService(Endpoint);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A peer was connected.</summary>
    public sealed record Connect(
        long Index, TimeSpan At, long? Step, string What, string Modem, PeerPlace Place, PeerScript Script)
        : RecordedAct(Index, At, Step, What)
    {
        internal override ValueTask Do(Bench bench)
        {
            bench.AddPeer(Script, Place, Modem);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Anything else.</summary>
    public sealed record Acted(long Index, TimeSpan At, long? Step, string What, Act Act)
        : RecordedAct(Index, At, Step, What)
    {
        public override string? Needs => Act.Needs;

        internal override ValueTask Do(Bench bench) => bench.Do(Act);
    }

    /// <summary>The act that an event of a recording shows; null: it shows none.</summary>
    internal static Act? Of(SessionEvent e)
    {
        Act? act = e switch
        {
            PowerApplied => new SwitchOn(),
            PowerCut => new SwitchOff(),
            ResetPulled => new PullReset(),
            FaultBegan began => new BeginFault(began.Fault),
            FaultEnded ended => new EndFault(ended.Fault, ended.Place),
            ServicePushed push => new PushMessage(UrlOf(push.Url), push.IsText, push.Bytes),
            ServicePinged ping => new PingClients(UrlOf(ping.Url), ping.Bytes),
            Marked mark => new SetMark(mark.Name),
            CommandIgnored ignored => Ignored(ignored.Command),
            IActEvent { Peer.Length: > 0 } => null,
            PinHeld pin => new HoldPin(pin.Pin, pin.Hold),
            UsbPlugged usb => new PlugUsb(usb.IsIn),
            DiskFilled disk => new FillDisk(disk.KilobytesLeft),
            DiskWorn disk => new WearDisk(disk.Blocks),
            StoredPut { IsGone: true } put => new PutStored(put.IsKey, put.Name, null),
            StoredPut put => new PutStored(put.IsKey, put.Name, put.Bytes),
            StoredWatched watched => new WatchStored(watched.IsKey, watched.Name),
            StorageWatched watched => new WatchStorage(watched.What),
            FlightModeSet flight => new SetFlightMode(flight.IsOn),
            SimChanged sim => new ChangeSim(sim.Card),
            ModuleLabelled labelled => new LabelModule(labelled.Label),
            ClientActed { Move: ClientMove.Connect } client => new ConnectClient(client.Port),
            ClientActed { Move: ClientMove.Send } client => new SendFromClient(client.Bytes),
            ClientActed client => new CloseClient(client.Move == ClientMove.Reset),
            SmsGiven sms => new SendSms(sms.Number, sms.Message, sms.Part),
            AnalogSet set => new SetAnalog(set.Input, set.Value),
            DeviceTold told => new TellDevice(told.Spot, told.Order),
            UartIn uart => new WriteUart(uart.Port, UartStimulus.Of(uart.Bytes, uart.LineErrors)),
            _ => null,
        };
        return act is null ? null : act with { Modem = e.Modem.Length == 0 ? null : e.Modem };
    }

    private static string? UrlOf(string url) => url.Length == 0 ? null : url;

    // What was ignored had no effect, so bytes that nobody wrote down are not missed.
    private static Act? Ignored(string command) => command switch
    {
        EventKinds.ApplyPower => new SwitchOn(),
        EventKinds.CutPower => new SwitchOff(),
        EventKinds.PullReset => new PullReset(),
        _ when EventKinds.PortIn(command) is { } port => new WriteUart(port, UartStimulus.Of("?")),
        _ => null,
    };
}
