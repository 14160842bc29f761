using AirHil.Rig.Runs;
using AirHil.Steps.Support;

namespace AirHil.Steps.Drivers;

/// <summary>The argument names a script.</summary>
internal sealed class ScriptArgumentAttribute : CheckedArgumentAttribute
{
    public override string? WhyWrong(string argument, string featureFolder)
    {
        try
        {
            ScriptFolder.Find(argument, featureFolder);
            return null;
        }
        catch (FirmwareNotFoundException e)
        {
            return e.Message;
        }
    }
}
