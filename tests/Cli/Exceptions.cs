namespace AirHil.Cli.Tests;

/// <summary>A rule of the house with the exceptions that it has.</summary>
internal static class Exceptions
{
    /// <summary>
    /// Fails with what breaks the rule and is no exception, and with each exception that is no longer needed. So a list
    /// of exceptions cannot outlive its reasons.
    /// </summary>
    public static void ShouldBeOnly(this IEnumerable<string> broken, IReadOnlyCollection<string> exceptions)
    {
        var found = broken.Distinct().ToList();
        found.Except(exceptions).ShouldBeEmpty("breaks the rule");
        exceptions.Except(found).ShouldBeEmpty("is an exception without need: remove it from the list");
    }
}
