using System.Globalization;
using AirHil.Modem;
using AirHil.Modem.Sessions;
using AirHil.Modem.ShortMessages;

namespace AirHil.Rig.Properties;

/// <summary>Where texts come by: "the service", "the log", "UART 1", "topic a/b", "phone 10086".</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Port">Of a UART, 0 to 63.</param>
/// <param name="Name">Of a topic of a broker, perhaps with wildcards, or the number of a telephone.</param>
public sealed record Place(PlaceKind Kind, int Port = 0, string Name = "")
{
    private const string Topic = "topic ";
    private const string Phone = "phone ";

    /// <summary>
    /// The capability that a target must have so that texts can be seen there (<see cref="Capability"/>); null: none.
    /// </summary>
    public string? Needs => Kind switch
    {
        PlaceKind.Service or PlaceKind.Topic or PlaceKind.ServiceLog => Capability.Service,
        PlaceKind.Phone => Capability.Sms,
        _ => null,
    };

    /// <summary>Reads it as steps write it.</summary>
    /// <exception cref="FormatException">It is no such place.</exception>
    public static Place Parse(string text)
    {
        if (text == "the service") return new Place(PlaceKind.Service);
        if (text == "the log") return new Place(PlaceKind.Log);
        if (text == "the service's log") return new Place(PlaceKind.ServiceLog);
        if (text == "the peer's log") return new Place(PlaceKind.PeerLog);
        if (text.StartsWith(Topic, StringComparison.Ordinal))
        {
            return new Place(PlaceKind.Topic, Name: text[Topic.Length..]);
        }

        if (text.StartsWith(Phone, StringComparison.Ordinal))
        {
            return new Place(PlaceKind.Phone, Name: PhoneNumber.Checked(text[Phone.Length..]));
        }

        return text.StartsWith("UART ", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port <= EventKinds.LastPort
            ? new Place(PlaceKind.Uart, port)
            : throw new FormatException(
                $"'{text}' is no place of texts; write the service, the log, UART 1, topic NAME, phone NUMBER, the " +
                "service's log or the peer's log");
    }

    public override string ToString() => Kind switch
    {
        PlaceKind.Service => "the service",
        PlaceKind.Log => "the log",
        PlaceKind.Topic => Topic + Name,
        PlaceKind.Phone => Phone + Name,
        PlaceKind.ServiceLog => "the service's log",
        PlaceKind.PeerLog => "the peer's log",
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

    /// <summary>Text messages to or from a number.</summary>
    Phone,

    /// <summary>What scripts log that play services.</summary>
    ServiceLog,

    /// <summary>What scripts log that play peers.</summary>
    PeerLog,
}
