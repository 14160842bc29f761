using System.CommandLine;
using AirHil.Cli.Usage;
using AirHil.Gherkin.Bindings;
using AirHil.Rig.Files;
using AirHil.Steps;
using Reqnroll;

namespace AirHil.Cli.Commands;

/// <summary>AirHil's steps and those of the user's own libraries.</summary>
internal static class StepSources
{
    public static Option<string[]> Option() => new("--bindings")
    {
        Description = "A library with steps of your own, beside AirHil's; may be given several times.",
        HelpName = "DLL",
    };

    /// <exception cref="UsageException">A library cannot be used, or has steps that cannot work.</exception>
    public static StepCatalogue Catalogue(string[] libraries)
    {
        foreach (var library in libraries)
        {
            if (InputFile.WhyNot(library) is { } reason) throw new UsageException($"--bindings: {reason}");
        }

        try
        {
            return StepCatalogue.Discover([typeof(ScriptSteps).Assembly, .. StepLibrary.Load(libraries)]);
        }
        catch (Exception e) when (e is StepLibraryException or BindingException && libraries.Length > 0)
        {
            throw new UsageException($"--bindings: {e.Message}");
        }
        catch (Exception e) when (libraries.Length > 0 && StepLibrary.WhyNotLoaded(e) is { } reason)
        {
            throw new UsageException($"--bindings: {string.Join(", ", libraries)}: {reason}");
        }
    }
}
