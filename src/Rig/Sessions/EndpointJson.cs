using System.Text.Json;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;

namespace AirHil.Rig.Sessions;

/// <summary>
/// Endpoints as JSON members: "open" is the URL, "does" what the endpoint does, "limit" the longest message, "with" the
/// description where a protocol has one of its own.
/// </summary>
internal static class EndpointJson
{
    public static void WriteMembers(Utf8JsonWriter json, Endpoint endpoint)
    {
        json.WriteString("open", endpoint.Url.ToString());
        json.WriteString("does", endpoint.Behavior switch
        {
            EchoFrames => "echo",
            AirTunEcho => "airtun",
            Silent => "silent",
            ErrDumpAnswer => "errdump",
            Answers => "answers",
            ScriptedService => "script",
            UnknownBehavior unknown => unknown.Name,
            var other => ProtocolTable.NameOf(other) ?? "own:" + other.GetType().Name,
        });
        if (ProtocolTable.NameOf(endpoint.Behavior) is not null)
        {
            json.WritePropertyName("with");
            JsonSerializer.Serialize(json, endpoint.Behavior, endpoint.Behavior.GetType());
        }

        if (endpoint.Behavior is ScriptedService scripted) PeerJson.WriteMembers(json, scripted.Script);
        if (endpoint.MessageLimit != Endpoint.DefaultMessageLimit) json.WriteNumber("limit", endpoint.MessageLimit);
        if (endpoint.Behavior is not Answers answers) return;
        json.WriteStartArray("answers");
        foreach (var rule in answers.Rules)
        {
            json.WriteStartArray();
            json.WriteStringValue(rule.Asked);
            json.WriteStringValue(rule.Answer);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static JsonSerializerOptions NoNulls { get; } = new() { RespectNullableAnnotations = true };

    public static Endpoint Read(JsonElement json)
    {
        var does = json.GetProperty("does").GetString() ?? "";
        EndpointBehavior behavior = does switch
        {
            "echo" => new EchoFrames(),
            "airtun" => new AirTunEcho(),
            "silent" => new Silent(),
            "errdump" => new ErrDumpAnswer(),
            "script" => new ScriptedService(PeerJson.ReadScript(json)),
            "answers" => new Answers(
            [
                .. json.GetProperty("answers").EnumerateArray()
                    .Select(rule => new AnswerRule(rule[0].GetString() ?? "", rule[1].GetString() ?? "")),
            ]),
            _ when ProtocolTable.DescriptionOf(does) is { } description =>
                Whole(json.GetProperty("with")).Deserialize(description, NoNulls) as EndpointBehavior
                    ?? throw new FormatException($"what {does} does is missing"),
            _ => new UnknownBehavior(does),
        };
        return new Endpoint(ServiceUrl.Parse(json.GetProperty("open").GetString() ?? ""), behavior)
        {
            MessageLimit = json.TryGetProperty("limit", out var limit)
                ? limit.GetInt32()
                : Endpoint.DefaultMessageLimit,
        };
    }

    /// <summary>No list of a behaviour has a null in it, and the serializer would let it in.</summary>
    private static JsonElement Whole(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var one in json.EnumerateArray())
                {
                    if (one.ValueKind == JsonValueKind.Null) throw new FormatException("a list has a null in it");
                    Whole(one);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject()) Whole(member.Value);
                break;
        }

        return json;
    }
}

/// <summary>A behaviour that a file can name and not hold: code of somebody's own.</summary>
/// <param name="Name">As the file names it.</param>
internal sealed record UnknownBehavior(string Name) : MessageBehavior
{
    public override void React(ServiceMessage message, IList<ServiceMessage> answers) =>
        throw new InvalidOperationException($"what the service does ('{Name}') is not in the recording");
}
