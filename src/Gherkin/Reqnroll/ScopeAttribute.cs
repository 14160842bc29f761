namespace Reqnroll;

/// <summary>
/// Limits a binding to scenarios with the tag, feature title and scenario title given. Several scopes: any of them.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public class ScopeAttribute : Attribute
{
    public string? Tag { get; set; }

    public string? Feature { get; set; }

    public string? Scenario { get; set; }
}
