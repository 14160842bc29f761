using System.Globalization;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Properties;

/// <summary>Where texts come by: "the service", "the log", "UART 1", "topic a/b".</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Port">Of a UART, 0 to 63.</param>
/// <param name="Topic">Of a broker, exactly.</param>
public sealed record Place(PlaceKind Kind, int Port = 0, string Topic = "")
{
    /// <summary>Reads it as steps write it.</summary>
    /// <exception cref="FormatException">It is no such place.</exception>
    public static Place Parse(string text)
    {
        if (text == "the service") return new Place(PlaceKind.Service);
        if (text == "the log") return new Place(PlaceKind.Log);
        if (text.StartsWith("topic ", StringComparison.Ordinal)) return new Place(PlaceKind.Topic, Topic: text[6..]);
        return text.StartsWith("UART ", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port <= EventKinds.LastPort
            ? new Place(PlaceKind.Uart, port)
            : throw new FormatException(
                $"'{text}' is no place of texts; write the service, the log, UART 1 or topic NAME");
    }

    public override string ToString() => Kind switch
    {
        PlaceKind.Service => "the service",
        PlaceKind.Log => "the log",
        PlaceKind.Topic => "topic " + Topic,
        _ => string.Create(CultureInfo.InvariantCulture, $"UART {Port}"),
    };
}

/// <summary>Kinds of places where texts come by.</summary>
public enum PlaceKind
{
    /// <summary>Every endpoint of the run.</summary>
    Service,
    Log,
    Uart,
    Topic,
}
