using AirHil.Modem.Sessions;
using AirHil.Modem.Units;

namespace AirHil.Rig.World;

/// <summary>A script of the user that plays a peer or a service has an error. The message names its line.</summary>
public sealed class ScriptFailedException : RunFailedException
{
    internal ScriptFailedException(ScriptFailed failed)
        : base($"the script \"{failed.Name}\" failed at {DurationText.Say(failed.At)}: {failed.Why}")
    {
    }
}
