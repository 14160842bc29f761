using System.Globalization;

namespace AirHil.VirtualModem.Parameters;

/// <summary>
/// The releases of LuatOS for the EC618 that can be chosen (tags of openLuat/LuatOS; there is no V1117 and no V1119).
/// </summary>
public static class FirmwareRelease
{
    /// <summary>The release that the model is made after; of the others it knows the table of changes.</summary>
    public const int Modelled = 1112;

    private const string Letter = "V";

    private static readonly int[] All = [Modelled, 1113, 1114, 1115, 1116, 1118, 1120];

    /// <summary>Reads "V1114".</summary>
    /// <exception cref="FormatException">There is no such release.</exception>
    public static int Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Letter, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && All.Contains(number)
            ? number
            : throw new FormatException(
                $"'{text}' is no release that is known; known are {string.Join(", ", All.Select(Name))}");
    }

    /// <summary>"V1114".</summary>
    public static string Name(int release) => string.Create(CultureInfo.InvariantCulture, $"{Letter}{release}");
}
