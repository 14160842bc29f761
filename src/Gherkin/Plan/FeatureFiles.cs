using System.Globalization;

namespace AirHil.Gherkin.Plan;

/// <summary>The feature files that some paths name, and which of their scenarios.</summary>
internal sealed class FeatureFiles
{
    /// <summary>By name; the lines of the scenarios that are wanted, null for all.</summary>
    private readonly SortedDictionary<string, SortedSet<int>?> _files = new(StringComparer.Ordinal);

    private FeatureFiles()
    {
    }

    /// <summary>In ordinal order.</summary>
    public IEnumerable<string> Names => _files.Keys;

    /// <summary>Looks for what is named: files, folders, FILE:LINE.</summary>
    /// <param name="errors">Gets what is not there.</param>
    public static FeatureFiles Find(IEnumerable<string> paths, List<FeatureFileError> errors)
    {
        var found = new FeatureFiles();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                if (FeatureFolderWalk.Files(path) is { } files)
                {
                    foreach (var file in files) found._files[Slashed(file)] = null;
                }
                else errors.Add(TooLarge(path));
            }
            else if (File.Exists(path)) found._files[Slashed(path)] = null;
            else if (!found.AddLine(path)) errors.Add(new FeatureFileError(path, 0, 0, "no such file or folder"));
        }

        return found;
    }

    /// <summary>The cases that are wanted.</summary>
    /// <param name="errors">Gets the lines at which no scenario begins.</param>
    public IEnumerable<ScenarioCase> Choose(IReadOnlyList<ScenarioCase> cases, List<FeatureFileError> errors)
    {
        foreach (var (file, lines) in _files)
        {
            if (lines is null || errors.Exists(error => error.File == file)) continue;
            var there = cases.Where(one => one.Location.File == file).ToArray();
            foreach (var line in lines.Where(line => !there.Any(one => IsAt(one, line))))
            {
                errors.Add(new FeatureFileError(
                    file, line, 1, "no scenario begins here; scenarios of this file begin at the lines " +
                    string.Join(", ", there.Select(one => one.ScenarioLine).Distinct())));
            }
        }

        return cases.Where(
            one => _files[one.Location.File] is not { } lines || lines.Any(line => IsAt(one, line)));
    }

    private static FeatureFileError TooLarge(string folder) => new(folder, 0, 0, string.Create(
        CultureInfo.InvariantCulture,
        $"more than {FeatureFolderWalk.MostEntries:N0} files and folders are below; name the folder of the features"));

    private static bool IsAt(ScenarioCase scenario, int line) =>
        scenario.Location.Line == line || scenario.ScenarioLine == line;

    private bool AddLine(string path)
    {
        var colon = path.LastIndexOf(':');
        if (colon <= 0 || !File.Exists(path[..colon])
            || !int.TryParse(path[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var line))
        {
            return false;
        }

        var file = Slashed(path[..colon]);
        if (!_files.TryGetValue(file, out var lines)) _files[file] = lines = [];
        lines?.Add(line);
        return true;
    }

    private static string Slashed(string path) => path.Replace('\\', '/');
}
