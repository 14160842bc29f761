using System.CommandLine;
using System.Globalization;
using AirHil.Cli.Corpus;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Rig.Runs;

namespace AirHil.Cli.Commands;

/// <summary>
/// `airhil corpus`: which of many projects run whole on the virtual module, and what stops the others.
/// </summary>
internal static class CorpusCommand
{
    private static readonly TimeSpan DefaultLength = TimeSpan.FromSeconds(60);

    public static Command Create(Terminal terminal)
    {
        var folders = new Argument<string[]>("FOLDER")
        {
            Description = "Where to look: every folder below with main.lua, user/main.lua or one project file of " +
                "Luatools is a project.",
            Arity = ArgumentArity.OneOrMore,
        };
        var length = CommonOptions.Duration("--for", "How long to simulate each project; 60s if left out.");
        var seed = CommonOptions.Seed();
        var bits = CommonOptions.Bits();
        var firmware = FirmwareOption.Create();
        var libraries = CommonOptions.Libraries();
        var jobs = CommonOptions.Jobs("How many projects run at once; 0: one for each processor.");
        var except = new Option<string[]>("--except")
        {
            Description = "Leave out folders with this name, and all below them; any number of times.",
            HelpName = "NAME",
        };
        var format = CommonOptions.Format("text, or json: one line with one object for each project.");
        var command = new Command(
            "corpus", "Run every project below a folder; tell which run whole and which functions stop the others.")
        {
            folders, length, seed, bits, firmware, libraries, jobs, except, format,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            terminal,
            Projects(parsed.GetValue(folders)!, parsed.GetValue(except) ?? []),
            new ProjectRun(
                parsed.GetValue(length) ?? DefaultLength, parsed.GetValue(seed), parsed.GetValue(bits),
                FirmwareOption.Read(parsed.GetValue(firmware)),
                ScriptLibraries.From(parsed.GetValue(libraries) ?? [])),
            parsed.GetValue(jobs),
            CommonOptions.IsJson(parsed.GetValue(format)!),
            cancel));
        return command;
    }

    private static IReadOnlyList<string> Projects(string[] folders, string[] except)
    {
        IReadOnlyList<string> projects;
        try
        {
            projects = ProjectFolders.Below(folders, except);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new UsageException($"{e.Message}; give a folder that has projects below it");
        }

        return projects.Count > 0
            ? projects
            : throw new UsageException(
                $"no folder below {string.Join(", ", folders)} holds a main.lua or a project file of Luatools",
                ExitCode.NothingRan);
    }

    private static async Task<int> RunAsync(
        Terminal terminal, IReadOnlyList<string> projects, ProjectRun run, int jobs, bool isJson,
        CancellationToken cancel)
    {
        var results = new ProjectResult?[projects.Count];
        var width = projects.Max(folder => folder.Length);
        var told = 0;
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = jobs > 0 ? jobs : Environment.ProcessorCount,
            CancellationToken = cancel,
        };
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, projects.Count), options, async (i, stop) =>
            {
                var result = await run.RunAsync(projects[i], stop);
                lock (results)
                {
                    results[i] = result;
                    // In the order of the folders: a result waits for those before it.
                    for (; told < results.Length && results[told] is { } next; told++)
                    {
                        terminal.Out.WriteLine(isJson ? CorpusReport.Json(next) : CorpusReport.Line(next, width));
                    }
                }
            });
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"airhil: interrupted after {told} of {projects.Count} projects"));
            return ExitCode.Interrupted;
        }

        if (isJson) return ExitCode.Passed;
        terminal.Out.WriteLine();
        var totals = CorpusReport.Totals([.. results.OfType<ProjectResult>()], run.Release);
        foreach (var line in totals) terminal.Out.WriteLine(line);
        return ExitCode.Passed;
    }
}
