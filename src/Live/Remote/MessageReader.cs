using System.Text.Json;

namespace AirHil.Live.Remote;

/// <summary>
/// Reads messages; fields that it does not know are passed over, so that a later version may add some.
/// </summary>
internal static class MessageReader
{
    private const int MostBoards = 1_000;
    private const int MostCapabilities = 100;
    private const int MostHosts = 1_000;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    /// <exception cref="MalformedMessageException">The bytes are no message; the text says in what.</exception>
    public static LinkMessage Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new MalformedMessageException("a message is a JSON object");
            }

            return Read(new MessageObject(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second for a string that holds half a surrogate pair or bytes that are no UTF-8.
            throw new MalformedMessageException(
                $"a message is one JSON object, and this is none: {Printable.Of(e.Message)}");
        }
    }

    private static LinkMessage Read(MessageObject json)
    {
        var type = json.Text("type");
        return type switch
        {
            "hello" => new LinkMessage.Hello(
                json.Number("protocol"), json.OptionalText("airhil") ?? "unknown", json.OptionalText("token"),
                json.OptionalText("client") ?? "somebody", json.OptionalText("board"), json.OptionalText("session"),
                json.Number("protocol") == RemoteProtocol.Version ? json.Long("received", 0, long.MaxValue) : 0),
            "welcome" => Welcome(json),
            "refused" => new LinkMessage.Refused(Reason(json.Text("reason")), json.Text("text")),
            "ack" => new LinkMessage.Ack(json.Long("received", 0, long.MaxValue)),
            "ping" => new LinkMessage.Ping(json.Time("atUs")),
            "pong" => new LinkMessage.Pong(),
            "bye" => new LinkMessage.Bye(json.Text("text")),
            _ => new LinkMessage.Numbered(json.Long("n", 1, long.MaxValue), Message(type, json)),
        };
    }

    private static LinkMessage.Welcome Welcome(MessageObject json)
    {
        var protocol = json.Number("protocol");
        var version = json.OptionalText("airhil") ?? "unknown";
        if (protocol != RemoteProtocol.Version)
        {
            // Its other fields are that version's.
            return new LinkMessage.Welcome(protocol, version, [], null, null, 0, TimeSpan.Zero, TimeSpan.Zero);
        }

        return new LinkMessage.Welcome(
            protocol,
            version,
            [
                .. json.Objects("boards", MostBoards).Select(b => new BoardOffer(
                    b.Text("name"), b.Texts("capabilities", MostCapabilities), b.Positive("speed"),
                    b.Time("latencyUs"), b.OptionalText("heldBy"))
                {
                    MostModems = b.OptionalNumber("modems", 1),
                    HasNetwork = b.OptionalFlag("network"),
                    ServiceHosts = b.OptionalTexts("serviceHosts", MostHosts),
                }),
            ],
            json.OptionalText("session"),
            json.OptionalText("board"),
            json.Long("received", 0, long.MaxValue),
            json.Time("resumeUs"),
            json.Time("silenceUs"));
    }

    private static BenchMessage Message(string type, MessageObject json) => type switch
    {
        "firmware" => new BenchMessage.Announce(
            json.Number("id", 1),
            json.Text("name"),
            [
                .. json.Objects("files", RemoteProtocol.MaxFirmwareFiles).Select(f => new FirmwareFile(
                    f.Text("name"), f.Number("bytes", 0, RemoteProtocol.MaxFirmwareBytes))),
            ]),
        "firmware-piece" => new BenchMessage.FirmwarePiece(json.Number("id", 1), json.Bytes("bytes")),
        "prepare" => new BenchMessage.Prepare(json.Number("request", 1), json.Number("firmware", 1)),
        "cancel-prepare" => new BenchMessage.CancelPrepare(json.Number("request", 1)),
        "prepared" => new BenchMessage.Prepared(json.Number("request", 1), json.OptionalText("reason")),
        "create" => new BenchMessage.Create(
            json.Number("modem", 1), json.Number("firmware", 1), json.Text("name"), json.UnsignedLong("seed"),
            json.Date("startDate"), json.Number("uartBaud", 1), json.OptionalTime("vitalsUs"),
            json.Time("nowUs"))
        {
            Bits = json.OptionalChoice("bits", 32, 64),
        },
        "input" => new BenchMessage.Input(
            json.Number("modem", 1), json.Time("atUs"), json.Long("seen", 0, long.MaxValue),
            ModemMessageReader.Input(json.Object("input"))),
        "output" => new BenchMessage.Output(
            json.Number("modem", 1), json.Time("atUs"), ModemMessageReader.Output(json.Object("output"))),
        "release" => new BenchMessage.Release(json.Number("modem", 1)),
        "released" => new BenchMessage.Released(json.Number("modem", 1)),
        "open-network" => new BenchMessage.OpenNetwork(
            json.Number("network", 1), json.UnsignedLong("seed"), json.Date("startDate"), json.Time("nowUs")),
        "network-input" => new BenchMessage.ToNetwork(
            json.Number("network", 1), NetworkMessageReader.Input(json.Object("input"))),
        "network-output" => FromNetwork(json, json.Time("atUs")),
        "network-failed" => new BenchMessage.NetworkFailed(json.Number("network", 1), json.Text("reason")),
        "close-network" => new BenchMessage.CloseNetwork(json.Number("network", 1)),
        "network-closed" => new BenchMessage.NetworkClosed(json.Number("network", 1)),
        _ => throw new MalformedMessageException($"there is no message of type '{Printable.Of(type, 40)}'"),
    };

    private static BenchMessage.FromNetwork FromNetwork(MessageObject json, TimeSpan at) => new(
        json.Number("network", 1), at, json.Long("seen", 0, long.MaxValue),
        NetworkMessageReader.Output(json.Object("output"), at));

    private static RefusalReason Reason(string text) =>
        Enum.TryParse<RefusalReason>(text, out var reason) && Enum.IsDefined(reason) ? reason : RefusalReason.Malformed;
}
