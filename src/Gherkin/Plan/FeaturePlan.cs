using System.Text;

namespace AirHil.Gherkin.Plan;

/// <summary>All cases of some feature files, and what could not be read. Reading it runs nothing.</summary>
public sealed record FeaturePlan(IReadOnlyList<ScenarioCase> Cases, IReadOnlyList<FeatureFileError> Errors)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads files, folders (with all *.feature files below) and single scenarios (FILE:LINE), in ordinal order of
    /// their paths. A line is that of a scenario, of an outline with all its rows, or of one row.
    /// </summary>
    public static FeaturePlan Load(params IEnumerable<string> paths)
    {
        List<FeatureFileError> errors = [];
        var files = FeatureFiles.Find(paths, errors);
        var plan = Read(files.Names.Select(file => (file, TextOf(file, errors))).Where(one => one.Item2 is not null)!);
        errors.AddRange(plan.Errors);
        return new FeaturePlan([.. files.Choose(plan.Cases, errors)], errors);
    }

    /// <summary>The file's text; null, with an error, where it cannot be read or is no UTF-8.</summary>
    private static string? TextOf(string file, List<FeatureFileError> errors)
    {
        try
        {
            return File.ReadAllText(file, Strict);
        }
        catch (DecoderFallbackException)
        {
            errors.Add(new FeatureFileError(file, 0, 0, "the file is not in UTF-8; save it as UTF-8"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(new FeatureFileError(file, 0, 0, $"the file cannot be read: {error.Message}"));
        }

        return null;
    }

    /// <summary>The same for texts in memory, in the order given.</summary>
    public static FeaturePlan Read(params IEnumerable<(string File, string Text)> sources)
    {
        List<ScenarioCase> cases = [];
        List<FeatureFileError> errors = [];
        foreach (var (file, text) in sources)
        {
            var reader = new FeatureReader(file);
            reader.Read(text);
            cases.AddRange(reader.Cases);
            errors.AddRange(reader.Errors);
        }

        return new FeaturePlan(WithUniqueNames(cases), errors);
    }

    /// <summary>
    /// The second case of a name in a file gets " #2": scenarios of one title and equal example rows happen. Files do
    /// not change each other's names.
    /// </summary>
    private static List<ScenarioCase> WithUniqueNames(List<ScenarioCase> cases)
    {
        var taken = new HashSet<(string, string)>();
        for (var i = 0; i < cases.Count; i++)
        {
            var name = cases[i].FullName;
            for (var number = 2; !taken.Add((cases[i].Location.File, name)); number++)
            {
                name = FormattableString.Invariant($"{cases[i].FullName} #{number}");
            }

            cases[i] = cases[i] with { FullName = name };
        }

        return cases;
    }
}
