namespace AirHil.Gherkin;

/// <summary>All cases of some feature files, and what could not be read. Reading it runs nothing.</summary>
public sealed record FeaturePlan(IReadOnlyList<ScenarioCase> Cases, IReadOnlyList<FeatureFileError> Errors)
{
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

        var plan = Read(files.Select(file => (file, File.ReadAllText(file))));
        return plan with { Errors = [.. errors, .. plan.Errors] };
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
