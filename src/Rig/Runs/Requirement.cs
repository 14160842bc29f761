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

    /// <summary>In words why the rig cannot reach a UART of the module; null where it can.</summary>
    public static string? LackingUart(IModemTarget target, int port) =>
        target.Uarts is not { } wired || wired.Contains(port)
            ? null
            : ($"the target '{target.Name}' is not wired to UART {port}; it is to: " +
                $"{(wired.Count == 0 ? "none" : string.Join(", ", wired.Order()))}. The bench file lists them under " +
                "'uarts'");
}
