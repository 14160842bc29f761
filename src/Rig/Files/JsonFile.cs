using System.Globalization;
using System.Text.Json;
using AirHil.Modem.Units;

namespace AirHil.Rig.Files;

/// <summary>Files in JSON that the user writes.</summary>
internal static class JsonFile
{
    /// <summary>Reads the text of a file; a key that comes twice is a mistake.</summary>
    /// <param name="file">What to call it in messages.</param>
    /// <exception cref="FormatException">It is not JSON; the message names file and line.</exception>
    public static JsonDocument Parse(string text, string file)
    {
        try
        {
            return UnicodeJson.Parse(text, allowsDuplicates: false);
        }
        catch (JsonException problem)
        {
            // The reader counts lines from 0, and says so at the end of its sentence.
            var reason = problem.Message.Split(" LineNumber: ")[0];
            throw new FormatException(
                problem.LineNumber is { } line
                    ? string.Create(CultureInfo.InvariantCulture, $"{file}: not JSON, line {line + 1}: {reason}")
                    : $"{file}: not JSON: {reason}",
                problem);
        }
    }
}
