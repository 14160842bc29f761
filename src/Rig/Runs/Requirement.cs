using AirHil.Modem.Pins;

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

    /// <summary>In words why the rig cannot reach a pin of the module; null where it can.</summary>
    public static string? LackingPin(IModemTarget target, int pin) => WhyNot(target, pin, _ => true, "reach");

    /// <summary>In words why the rig does not see a pin of the module; null where it does.</summary>
    public static string? LackingSight(IModemTarget target, int pin) =>
        WhyNot(target, pin, wire => wire.IsSeen, "see");

    /// <summary>In words why the rig cannot do this with a pin of the module; null where it can.</summary>
    public static string? LackingHold(IModemTarget target, int pin, PinHold hold) =>
        WhyNot(target, pin, wire => wire.Can(hold), hold switch
        {
            PinHold.Low => "hold low",
            PinHold.High => "hold high",
            _ => "release",
        });

    private static string? WhyNot(IModemTarget target, int pin, Func<PinWire, bool> can, string verb)
    {
        if (target.Pins is not { } wires || wires.Any(w => w.Pin == pin && can(w))) return null;
        var others = wires.Where(can).Select(w => w.Pin).Order().ToArray();
        return $"the target '{target.Name}' cannot {verb} pin {pin}; it can do so with: " +
            $"{(others.Length == 0 ? "none" : string.Join(", ", others))}. The bench file lists pins under 'pins'";
    }
}
