using System.Text.Json;
using AirHil.Rig.Peers;

namespace AirHil.Rig.Sessions;

/// <summary>
/// Peers as JSON members: "peer" is the script's name, "at" the place, "lua" the script, "parameters" what it was
/// given.
/// </summary>
internal static class PeerJson
{
    public static void WriteMembers(Utf8JsonWriter json, PeerScript script, PeerPlace place)
    {
        json.WriteString("peer", script.Name);
        json.WritePropertyName("at");
        JsonSerializer.Serialize(json, place);
        WriteScript(json, script);
    }

    public static (PeerScript Script, PeerPlace Place) Read(JsonElement json) =>
        (ReadScript(json, json.GetProperty("peer").GetString() ?? ""),
            json.GetProperty("at").Deserialize<PeerPlace>() ?? throw new FormatException("a peer is nowhere"));

    private static void WriteScript(Utf8JsonWriter json, PeerScript script)
    {
        json.WriteString("lua", script.Text);
        if (script.Parameters.Count == 0) return;
        json.WriteStartObject("parameters");
        foreach (var (name, value) in script.Parameters) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static PeerScript ReadScript(JsonElement json, string name) => new(
        name, json.GetProperty("lua").GetString() ?? "", json.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateObject().Select(
                p => new KeyValuePair<string, string>(p.Name, p.Value.GetString() ?? ""))]
            : []);
}
