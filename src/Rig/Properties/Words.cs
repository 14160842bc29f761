using AirHil.Modem.Units;

namespace AirHil.Rig.Properties;

/// <summary>Parts of the clauses.</summary>
internal static class Words
{
    /// <summary>In quotes and with escapes as a step has it: in single quotes where double ones are in it.</summary>
    public static string Quote(string text)
    {
        var quoted = Escapes.Quote(text);
        return text.Contains('"', StringComparison.Ordinal)
            ? quoted
            : $"\"{quoted[1..^1].Replace("\\'", "'", StringComparison.Ordinal)}\"";
    }

    /// <summary>"at the service", "on UART 1".</summary>
    public static string At(Place place) => $"{(place.Kind == PlaceKind.Uart ? "on" : "at")} {place}";

    /// <summary>What a place does with a text of the module.</summary>
    public static string Verb(Place place) => place.Kind switch
    {
        PlaceKind.Uart => "sends",
        PlaceKind.Log or PlaceKind.ServiceLog or PlaceKind.PeerLog => "shows",
        _ => "receives",
    };
}
