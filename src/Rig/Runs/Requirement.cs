namespace AirHil.Rig.Runs;

/// <summary>Whether a target can do what a scenario needs.</summary>
public static class Requirement
{
    /// <summary>In words what the target lacks; null where it has the capability.</summary>
    public static string? Lacking(IModemTarget target, string capability) =>
        target.Capabilities.Contains(capability, StringComparer.Ordinal)
            ? null
            : ($"the target '{target.Name}' has no capability '{capability}'; it has: " +
                $"{string.Join(", ", target.Capabilities)}");
}
