using System.Reflection;
using Reqnroll;

namespace AirHil.Gherkin.Bindings;

/// <summary>Where a binding applies: any of its scopes (tag, feature and scenario); none means everywhere.</summary>
internal sealed class BindingScope
{
    private readonly (string? Tag, string? Feature, string? Scenario)[] _scopes;

    public BindingScope(IEnumerable<MemberInfo> members, IEnumerable<string> tags)
    {
        _scopes =
        [
            .. members.SelectMany(member => member.GetCustomAttributes<ScopeAttribute>())
                .Select(scope => (scope.Tag?.TrimStart('@'), scope.Feature, scope.Scenario)),
            .. tags.Select(tag => ((string?)tag.TrimStart('@'), (string?)null, (string?)null)),
        ];
    }

    public bool IsLimited => _scopes.Length > 0;

    /// <param name="tags">Tags of the scenario (for feature hooks, of the feature), without the @.</param>
    public bool Covers(IReadOnlyCollection<string> tags, string? feature, string? scenario)
    {
        if (!IsLimited) return true;
        foreach (var scope in _scopes)
        {
            if ((scope.Tag is null || tags.Contains(scope.Tag)) && Fits(scope.Feature, feature) &&
                Fits(scope.Scenario, scenario)) return true;
        }

        return false;
    }

    private static bool Fits(string? wanted, string? title) =>
        wanted is null || string.Equals(wanted, title, StringComparison.OrdinalIgnoreCase);
}
