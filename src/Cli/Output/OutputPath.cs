using AirHil.Cli.Usage;
using AirHil.Rig.Files;

namespace AirHil.Cli.Output;

/// <summary>
/// What a command is to write: an older file of its kind is replaced, so it must not be the user's work, nor anything
/// that is no file.
/// </summary>
internal static class OutputPath
{
    private static readonly string[] Sources = [".lua", ".feature"];

    /// <summary>The streams of the process, which are written to in turn; the first takes everything.</summary>
    private static readonly string[] Streams = ["/dev/null", "/dev/stdout", "/dev/stderr"];

    /// <summary>
    /// Refuses files that the command reads, scripts and features, files of another kind, devices and pipes, and two
    /// outputs of one name.
    /// </summary>
    /// <param name="inputs">What the command reads.</param>
    /// <param name="outputs">The option that names a file, such as "--coverage", and the file; null: none is wanted.
    /// </param>
    /// <exception cref="UsageException">A file is one of them.</exception>
    public static void Check(IEnumerable<string> inputs, params IEnumerable<(string Option, string? Path)> outputs)
    {
        var read = inputs.ToArray();
        var earlier = new List<(string Option, string Path)>();
        foreach (var (option, path) in outputs)
        {
            CheckName(option, path);
            if (path is null || IsStream(path)) continue;
            var kind = FileStatus.Of(path).Kind;
            if (kind == FileKind.Special) throw new UsageException($"{option}: {InputFile.WhyNot(path)}");
            if (kind == FileKind.Regular && (IsSource(path) || read.Any(input => IsSame(input, path))))
            {
                throw new UsageException($"{option}: '{path}' would be lost, which is no output; name another file");
            }

            if (kind == FileKind.Regular && OutputKind.WhyNot(option, path) is { } reason)
            {
                throw new UsageException($"{option}: {reason}");
            }

            if (earlier.Find(one => IsSame(one.Path, path)) is { Option: { } other })
            {
                throw new UsageException($"{other} and {option} name one file, '{path}'; give each its own");
            }

            earlier.Add((option, path));
        }
    }

    /// <summary>Refuses what cannot be a folder.</summary>
    /// <param name="option">Which names the folder: "--record".</param>
    /// <param name="path">Null: none is wanted.</param>
    /// <exception cref="UsageException">There is something else of that name.</exception>
    public static void CheckFolder(string option, string? path)
    {
        CheckName(option, path);
        if (path is null || FileStatus.Of(path).Kind is FileKind.Folder or FileKind.Missing) return;
        throw new UsageException($"{option}: '{path}' is no folder; name one, or one that is to be made");
    }

    private static void CheckName(string option, string? path)
    {
        if (path is { Length: 0 }) throw new UsageException($"{option}: a name is missing");
    }

    private static bool IsStream(string path) =>
        Streams.Contains(path, StringComparer.Ordinal) || path.StartsWith("/dev/fd/", StringComparison.Ordinal)
            || path.StartsWith("/proc/self/fd/", StringComparison.Ordinal);

    private static bool IsSource(string path)
    {
        var place = File.ResolveLinkTarget(Path.GetFullPath(path), returnFinalTarget: true)?.FullName ?? path;
        return Sources.Any(end => place.EndsWith(end, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsSame(string one, string other) =>
        FileStatus.Of(one).Identity is { } identity
            ? FileStatus.Of(other).Identity == identity
            : Path.GetFullPath(one) == Path.GetFullPath(other);
}
