using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;

namespace AirHil.Steps.Support;

/// <summary>The arguments are a service and what it does.</summary>
internal sealed class BehaviorArgumentAttribute : CheckedArgumentAttribute
{
    /// <summary>What the step leaves out before the first argument, such as "ntp://".</summary>
    public string Before { get; init; } = "";

    /// <summary>What the service does; null: the second argument says it.</summary>
    public string? Does { get; init; }

    public override string? WhyWrong(IReadOnlyList<string> arguments, string featureFolder)
    {
        try
        {
            EndpointText.Parse(ServiceUrl.Parse(Before + arguments[0]), Does ?? arguments[1]);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
