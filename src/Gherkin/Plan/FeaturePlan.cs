using System.Text;

namespace AirHil.Gherkin.Plan;

/// <summary>All cases of some feature files, and what could not be read. Reading it runs nothing.</summary>
public sealed record FeaturePlan(IReadOnlyList<ScenarioCase> Cases, IReadOnlyList<FeatureFileError> Errors)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads files and folders (with all *.feature files below), in ordinal order of their paths.</summary>
    public static FeaturePlan Load(params IEnumerable<string> paths)
    {
        List<FeatureFileError> errors = [];
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                files.UnionWith(
                    Directory.EnumerateFiles(path, "*.feature", SearchOption.AllDirectories).Select(Slashed));
            }
            else if (File.Exists(path)) files.Add(Slashed(path));
            else errors.Add(new FeatureFileError(path, 0, 0, "no such file or folder"));
        }

        var plan = Read(files.Select(file => (file, TextOf(file, errors))).Where(one => one.Item2 is not null)!);
        return plan with { Errors = [.. errors, .. plan.Errors] };
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

    /// <summary>The second case of a name gets " #2": scenarios of one title and equal example rows happen.</summary>
    private static List<ScenarioCase> WithUniqueNames(List<ScenarioCase> cases)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < cases.Count; i++)
        {
            var name = cases[i].FullName;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = FormattableString.Invariant($"{cases[i].FullName} #{number}");
            }

            cases[i] = cases[i] with { FullName = name };
        }

        return cases;
    }

    private static string Slashed(string path) => path.Replace('\\', '/');
}
