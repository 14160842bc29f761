using System.Text;
using System.Text.RegularExpressions;
using AirHil.Rig.Files;
using AirHil.VirtualModem.Firmware.Scripts;

namespace AirHil.Rig.Runs;

/// <summary>
/// Folders of script libraries that others wrote, which complete a project as Luatools' "default lib" does. A library
/// is taken where a script names it in <c>require</c> and the project has no file of that name. Behind the folders come
/// the libraries that AirHil brings itself (<see cref="ShippedScripts"/>).
/// </summary>
public sealed partial class ScriptLibraries
{
    /// <summary>The environment variable with folders, separated as in PATH.</summary>
    public const string Variable = "AIRHIL_LIB";

    private const int MaxFileBytes = 4 << 20;

    /// <summary>Only those that AirHil brings.</summary>
    private static readonly ScriptLibraries Shipped = new("", []);

    private readonly IReadOnlyList<SortedDictionary<string, string>> _folders;

    private ScriptLibraries(string key, IReadOnlyList<SortedDictionary<string, string>> folders) =>
        (Key, _folders) = (key, folders);

    /// <summary>Equal for equal folders.</summary>
    public string Key { get; }

    /// <summary>The folders of AIRHIL_LIB and then those given.</summary>
    /// <exception cref="FirmwareNotFoundException">One is no folder, or holds no .lua file.</exception>
    public static ScriptLibraries From(params IReadOnlyList<string> folders)
    {
        var variable = Environment.GetEnvironmentVariable(Variable) ?? "";
        return Shipped
            .With(folders, "--lib")
            .With(variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), Variable);
    }

    /// <summary>These and further folders, which come behind the others.</summary>
    /// <param name="from">Who names them, for messages.</param>
    /// <exception cref="FirmwareNotFoundException">One is no folder, or holds no .lua file.</exception>
    public ScriptLibraries With(IReadOnlyList<string> folders, string from)
    {
        if (folders.Count == 0) return this;
        var all = _folders.ToList();
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                throw new FirmwareNotFoundException(
                    $"{from}: there is no folder '{folder}' (looked in {Directory.GetCurrentDirectory()})");
            }

            var files = ScriptFolderFiles.In(folder).Paths;
            if (files.Count == 0)
            {
                throw new FirmwareNotFoundException(
                    $"{from}: '{folder}' holds no .lua file; give the folder that holds the libraries themselves");
            }

            all.Add(files);
        }

        return new ScriptLibraries($"{Key}\n{string.Join('\n', folders)}", all);
    }

    /// <summary>The project, with the libraries that it requires and lacks, and those that they require.</summary>
    /// <exception cref="FirmwareNotFoundException">A library is too large or cannot be read, or all together have more
    /// than 16 MiB.</exception>
    public FirmwareSource Complete(FirmwareSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var known = source.Files.Select(file => file.Key).ToHashSet(StringComparer.Ordinal);
        var added = new SortedDictionary<string, (ReadOnlyMemory<byte> Bytes, string? Path)>(StringComparer.Ordinal);
        var unread = new Queue<ReadOnlyMemory<byte>>(
            source.Files.Where(file => file.Key.EndsWith(".lua", StringComparison.Ordinal)).Select(file => file.Value));
        var left = FirmwareSource.MaxBytes - source.Files.Sum(file => (long)file.Value.Length);
        while (unread.TryDequeue(out var script))
        {
            foreach (var name in Required(script.Span))
            {
                if (!known.Add(name) || Find(name) is not { } found) continue;
                left -= found.Bytes.Length;
                if (left < 0)
                {
                    throw new FirmwareNotFoundException(
                        $"'{source.Name}' and the libraries that it requires have more than " +
                        $"{FirmwareSource.MaxBytes} bytes up to '{found.Path ?? name}'");
                }

                added.Add(name, found);
                unread.Enqueue(found.Bytes);
            }
        }

        return added.Count == 0
            ? source
            : source.With(added.Select(file => (file.Key, file.Value.Bytes, file.Value.Path)));
    }

    private (ReadOnlyMemory<byte> Bytes, string? Path)? Find(string name)
    {
        foreach (var folder in _folders)
        {
            if (folder.TryGetValue(name, out var path)) return (Read(path), path);
        }

        var module = name[..^".lua".Length];
        return ShippedScripts.Names.Contains(module) ? (ShippedScripts.Source(module), null) : null;
    }

    private static byte[] Read(string path)
    {
        try
        {
            return InputFile.Read(path, MaxFileBytes);
        }
        catch (IOException problem)
        {
            throw new FirmwareNotFoundException(problem.Message);
        }
    }

    /// <summary>The files that a script requires by names that stand in it.</summary>
    private static IEnumerable<string> Required(ReadOnlySpan<byte> script)
    {
        var text = Encoding.Latin1.GetString(script);
        return [.. Requirement().Matches(text).Select(match => match.Groups[1].Value + ".lua")];
    }

    /// <summary>require "x", require("x") and pcall(require, "x").</summary>
    [GeneratedRegex("""\brequire\s*(?:[(,]\s*)?["']([\w.-]{1,64})["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Requirement();
}
