using AirHil.Rig.Runs;
using AirHil.Steps.Support;

namespace AirHil.Steps.Drivers;

/// <summary>The first argument names a script, or a folder of them.</summary>
/// <param name="kind">As <see cref="ScriptFolder.Find"/> has it.</param>
internal sealed class ScriptArgumentAttribute(string kind = "scripts") : CheckedArgumentAttribute
{
    public override string? WhyWrong(IReadOnlyList<string> arguments, string featureFolder)
    {
        try
        {
            ScriptFolder.Find(arguments[0], featureFolder, kind);
            return null;
        }
        catch (FirmwareNotFoundException e)
        {
            return e.Message;
        }
    }
}
