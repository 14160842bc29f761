namespace AirHil.Gherkin.Expressions;

/// <summary>
/// What <c>{name}</c> stands for in a Cucumber Expression. <paramref name="Patterns"/> are alternatives; each yields
/// one value. A built-in pattern may hold one group, which then is the value (the quotes of a string are not).
/// </summary>
public sealed record ParameterType(string Name, IReadOnlyList<string> Patterns, string Format, string Description)
{
    /// <summary>Regular expression for one value, with exactly one group that takes part in a match.</summary>
    internal string Regex => "(?:" + string.Join('|', Patterns.Select(Captured)) + ")";

    /// <summary>Any text at all fits, so a text cannot be recognised as being of this type.</summary>
    internal bool FitsAnything => Patterns is [".*"];

    /// <summary>An own type with the pattern of a transformation (null: any text).</summary>
    public static ParameterType Own(string name, string? pattern, string description)
    {
        var inner = pattern is null ? ".*" : RegexText.WithoutGroups(RegexText.WithoutAnchors(pattern));
        return new ParameterType(name, [inner], pattern is null ? "any text" : $"`{pattern}`", description);
    }

    private static string Captured(string pattern) => RegexText.HasGroup(pattern) ? pattern : $"({pattern})";
}
