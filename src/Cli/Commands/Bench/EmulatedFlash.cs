using AirHil.Board.Identity;
using AirHil.Rig.Runs;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>
/// The script area of an emulated board: what was deployed to its folder, and before that the script that the command
/// was given. It is read again at every start of the module, as a module finds what is flashed by then. The user's own
/// files are never written to.
/// </summary>
/// <param name="script">The script of the command line: a folder, or one file.</param>
/// <param name="told">Hears in words that another script runs.</param>
internal sealed class EmulatedFlash(string script, Action<string> told) : IDisposable
{
    private readonly ScriptLibraries _libraries = ScriptLibraries.From();
    private FirmwareSource _source = ScriptLibraries.From().Complete(FirmwareSource.FromPath(script));
    private string? _place;

    /// <summary>What was read last.</summary>
    public FirmwareSource Source => _source;

    /// <summary>The folder where a deployed script belongs.</summary>
    public string Place => _place ?? throw new InvalidOperationException("the board has not been laid out");

    /// <summary>A line of the shell that puts the script of {dir} here, all of it at once.</summary>
    public string Deploy
    {
        get
        {
            var (place, beside) = (Quoted(Place), Quoted(Place + ".new"));
            return $"rm -rf {beside} && cp -r {{dir}} {beside} && rm -rf {place} && mv {beside} {place}";
        }
    }

    /// <summary>Lays it out: nothing is deployed.</summary>
    public void Erase(string folder, string location)
    {
        _place = Path.Combine(folder, "flash", location);
        Directory.CreateDirectory(Path.GetDirectoryName(_place)!);
        Remove();
    }

    /// <summary>What is flashed now. Where it cannot be read, what was flashed before stays.</summary>
    public FirmwareSource Read()
    {
        try
        {
            var now = _libraries.Complete(FirmwareSource.FromPath(Directory.Exists(Place) ? Place : script));
            if (ScriptHash.Of(now) == ScriptHash.Of(_source) && HashFile(now).SequenceEqual(HashFile(_source)))
            {
                return _source;
            }

            told($"it has another script on it now: {ScriptHash.Of(now)}");
            return _source = now;
        }
        catch (Exception problem) when (
            problem is IOException or UnauthorizedAccessException or FirmwareNotFoundException)
        {
            told($"its script stays as it was: {problem.Message}");
            return _source;
        }
    }

    public void Dispose()
    {
        if (_place is not null) Remove();
    }

    /// <summary>What no hash covers: the file that says it.</summary>
    private static ReadOnlySpan<byte> HashFile(FirmwareSource source) =>
        source.Files.FirstOrDefault(f => f.Key == ScriptHash.FileName).Value.Span;

    /// <summary>One word of the shell.</summary>
    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private void Remove()
    {
        if (Directory.Exists(Place)) Directory.Delete(Place, recursive: true);
    }
}
