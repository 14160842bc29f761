using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>
/// The module restarts only by its supply and its reset line: no VM exit, no watchdog, no reboot by the script, no
/// crash. A wake-up from a sleep that the script chose is no restart.
/// </summary>
public sealed record NeverRestarts : Property
{
    public override string Clause => "the module never restarts by itself";

    internal override PropertyWatch Begin() => new Watch();

    private sealed class Watch : PropertyWatch
    {
        public override string Lacking => "the module was not started";

        public override void Feed(in Sighting sighting, Calm calm)
        {
            switch (sighting.Event)
            {
                case LogLine { Moment: Moment.VmExit exit }:
                    var message = exit.Message.Split('\r', '\n')[0];
                    Broken = message.Length == 0
                        ? "main.lua ended, and the Lua VM with it"
                        : $"the Lua VM exited: {message}";
                    break;
                case ModemStarted { Reason: StartReason.Power or StartReason.ResetLine or StartReason.Wakeup }
                    or ModemStarted { Cause: "" or "reset line" }:
                    HasJudged = true;
                    break;
                case ModemStarted start:
                    Broken = $"the module restarted: {start.Cause}";
                    break;
                case LogLine:
                    HasJudged = true;
                    break;
            }
        }
    }
}
