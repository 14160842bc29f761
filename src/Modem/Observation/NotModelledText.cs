using System.Buffers;

namespace AirHil.Modem.Observation;

/// <summary>
/// Finds in a log line which function of the firmware the model does not have: "… NAME is not modelled …".
/// </summary>
public static class NotModelledText
{
    private const string Phrase = " is not modelled";
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n'\"");

    /// <summary>The function's name; null where the line says no such thing.</summary>
    public static string? Find(string text)
    {
        var end = text.IndexOf(Phrase, StringComparison.Ordinal);
        if (end <= 0) return null;
        var name = text.AsSpan(0, end).TrimEnd("'\"");
        return name[(name.LastIndexOfAny(Ends) + 1)..].ToString();
    }
}
