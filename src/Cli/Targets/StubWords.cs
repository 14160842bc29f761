using AirHil.Cli.Usage;
using AirHil.Rig.Files;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;

namespace AirHil.Cli.Targets;

/// <summary>What --stub says.</summary>
internal static class StubWords
{
    private const int MostBytes = 256 * 1024;

    /// <exception cref="UsageException">A name is not known, or a file cannot be read.</exception>
    public static StubTable Read(IReadOnlyList<string> words)
    {
        try
        {
            return StubTable.Parse(string.Join('\n', words.Select(Lines)));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--stub: {e.Message}");
        }
    }

    /// <summary>Commas separate names; where there is a value, they separate values.</summary>
    private static string Lines(string word)
    {
        if (word.StartsWith('@')) return InputFile.ReadText(word[1..], MostBytes);
        return word.Contains('=', StringComparison.Ordinal) ? word : word.Replace(',', '\n');
    }
}
