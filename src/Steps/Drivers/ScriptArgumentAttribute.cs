using AirHil.Rig.Runs;
using AirHil.Steps.Support;

namespace AirHil.Steps.Drivers;

/// <summary>The argument names a script.</summary>
/// <param name="kind">As <see cref="ScriptFolder.Find"/> has it.</param>
internal sealed class ScriptArgumentAttribute(string kind = "scripts") : CheckedArgumentAttribute
{
    public override string? WhyWrong(string argument, string featureFolder)
    {
        try
        {
            ScriptFolder.Find(argument, featureFolder, kind);
            return null;
        }
        catch (FirmwareNotFoundException e)
        {
            return e.Message;
        }
    }
}
