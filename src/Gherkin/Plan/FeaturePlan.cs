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
    public static FeaturePlan Load(params IEnumerable<string> paths) =>
        Load(paths, file => File.ReadAllText(file, Strict));

    /// <summary>The same, where somebody else reads the files.</summary>
    /// <param name="read">Gives a file's text; it throws as File.ReadAllText does.</param>
    public static FeaturePlan Load(IEnumerable<string> paths, Func<string, string> read)
    {
        List<FeatureFileError> errors = [];
        var files = FeatureFiles.Find(paths, errors);
        var texts = files.Names.Select(file => (file, TextOf(file, read, errors)));
        var plan = Read(texts.Where(one => one.Item2 is not null)!);
        errors.AddRange(plan.Errors);
        return new FeaturePlan([.. files.Choose(plan.Cases, errors)], errors);
    }

    /// <summary>The file's text; null, with an error, where it cannot be read or is no UTF-8.</summary>
    private static string? TextOf(string file, Func<string, string> read, List<FeatureFileError> errors)
    {
        try
        {
            return read(file);
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
        // How often a name has come, so that a thousand equal rows do not each begin to count at 2.
        var taken = new Dictionary<(string, string), int>();
        for (var i = 0; i < cases.Count; i++)
        {
            var (file, name) = (cases[i].Location.File, cases[i].FullName);
            var number = taken.GetValueOrDefault((file, name));
            taken[(file, name)] = Math.Max(number, 1);
            if (number == 0) continue;
            while (taken.ContainsKey((file, name)))
            {
                number++;
                name = FormattableString.Invariant($"{cases[i].FullName} #{number}");
            }

            taken[(file, cases[i].FullName)] = number;
            taken[(file, name)] = 1;
            cases[i] = cases[i] with { FullName = name };
        }

        return cases;
    }
}
