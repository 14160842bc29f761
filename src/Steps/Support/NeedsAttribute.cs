namespace AirHil.Steps.Support;

/// <summary>
/// What a step asks of the target beyond what every modem can do: a scenario with such a step is skipped, with the
/// reason, on a target that lacks it.
/// </summary>
/// <param name="capabilities">Names of <see cref="Modem.Capability"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(params string[] capabilities) : Attribute
{
    private const string Tag = "needs-";

    public IReadOnlyList<string> Capabilities { get; } = capabilities;

    /// <summary>The capability that a scenario's tag names; null: it is another tag.</summary>
    public static string? ByTag(string tag) =>
        tag.StartsWith(Tag, StringComparison.Ordinal) ? tag[Tag.Length..] : null;
}
