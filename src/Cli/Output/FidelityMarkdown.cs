using System.Text;
using AirHil.Rig.Network;
using AirHil.VirtualModem;
using AirHil.VirtualModem.Firmware.Libraries;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Cli.Output;

/// <summary>
/// Writes docs/fidelity.md. The lists of modelled functions and of guesses come from the code; the known differences
/// come from fidelity-deviations.md. Equal models give equal text.
/// </summary>
internal static class FidelityMarkdown
{
    private const string Deviations = "fidelity-deviations.md";

    public static string Write()
    {
        var text = new StringBuilder("# Fidelity\n\nHow close the virtual module is to an Air780E with LuatOS V1112. ")
            .Append("Written by `airhil fidelity`.\n");
        text.Append("\n## What is modelled\n\n")
            .Append("A function that fails by name raises an error with its name. ")
            .Append("The summary of the run counts these calls. ")
            .Append("All constants have the values of the module.\n");
        Coverage(text, "LuatOS's own libraries", ModelCoverage.OfTheFirmware());
        Coverage(text, "Lua's libraries", ModelCoverage.OfLua());
        text.Append("\n### Libraries that V1112 does not have\n\nThese globals are nil, as on the module: ")
            .AppendJoin(", ", ModelCoverage.Absent.Select(name => $"`{name}`")).Append(".\n");
        text.Append("\n## What is guessed\n\n")
            .Append("No source states these values. They must be measured on a board.\n");
        foreach (var (part, guesses) in ModelGuesses.All) Guesses(text, part, guesses);
        Guesses(text, "The default link", NetworkProfile.Guesses);
        return text.Append('\n').Append(ReadDeviations()).ToString();
    }

    private static void Coverage(StringBuilder text, string title, IReadOnlyList<LibraryCoverage> libraries)
    {
        text.Append("\n### ").Append(title).Append("\n\n");
        var wholly = libraries.Where(library => library.Modelled.Count == 0).Select(library => $"`{library.Name}`")
            .ToList();
        text.Append("| Library | Modelled | Fails by name |\n|---|---|---|\n");
        foreach (var library in libraries.Where(library => library.Modelled.Count > 0))
        {
            text.Append($"| `{library.Name}` | {Names(library.Modelled)} | {Names(library.NotModelled)} |\n");
        }

        if (wholly.Count == 0) return;
        text.Append("\nEvery function fails by name in ").AppendJoin(", ", wholly).Append(".\n");
    }

    private static string Names(IReadOnlyList<string> names) => string.Join(' ', names.Select(name => $"`{name}`"));

    private static void Guesses(StringBuilder text, string part, IReadOnlyList<ParameterGuess> guesses)
    {
        text.Append("\n### ").Append(part).Append("\n\n| Parameter | Value | Why |\n|---|---|---|\n");
        foreach (var guess in guesses)
        {
            var value = guess.Value.Replace("|", "\\|", StringComparison.Ordinal);
            text.Append($"| `{guess.Name}` | {value} | {guess.Why} |\n");
        }
    }

    private static string ReadDeviations()
    {
        using var stream = typeof(FidelityMarkdown).Assembly.GetManifestResourceStream(Deviations)
            ?? throw new InvalidOperationException($"{Deviations} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
