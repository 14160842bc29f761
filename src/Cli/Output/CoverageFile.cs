using System.Text;
using AirHil.Cli.Usage;
using AirHil.Lua.Coverage;
using AirHil.Rig.Files;

namespace AirHil.Cli.Output;

/// <summary>The file of --coverage.</summary>
internal sealed class CoverageFile
{
    private readonly string _path;

    private CoverageFile(string path) => _path = path;

    /// <summary>What modules report to.</summary>
    public CoverageReport Report { get; } = new();

    /// <summary>
    /// The file, tried out, so that a path that cannot be written to is known before the run; null: none is wanted.
    /// </summary>
    /// <exception cref="UsageException">The file cannot be written, or must not be.</exception>
    public static CoverageFile? Open(string? path)
    {
        if (path is null) return null;
        OutputPath.Check([], ("--coverage", path));
        try
        {
            WholeFile.TryOut(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--coverage: '{path}' cannot be written: {e.Message}");
        }

        return new CoverageFile(path);
    }

    /// <summary>Writes what was reported; the modules have stopped.</summary>
    public void Write() => WholeFile.Write(_path, stream => stream.Write(Encoding.UTF8.GetBytes(Report.ToLcov())));
}
