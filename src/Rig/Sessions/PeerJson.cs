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
        json.WritePropertyName("at");
        JsonSerializer.Serialize(json, place);
        WriteMembers(json, script);
    }

    public static (PeerScript Script, PeerPlace Place) Read(JsonElement json) => (
        ReadScript(json),
        json.GetProperty("at").Deserialize<PeerPlace>() ?? throw new FormatException("a peer is nowhere"));

    /// <summary>A script without a place: a service's.</summary>
    public static void WriteMembers(Utf8JsonWriter json, PeerScript script)
    {
        json.WriteString("peer", script.Name);
        json.WriteString("lua", script.Text);
        if (script.Parameters.Count == 0) return;
        json.WriteStartObject("parameters");
        foreach (var (name, value) in script.Parameters) json.WriteString(name, value);
        json.WriteEndObject();
    }

    public static PeerScript ReadScript(JsonElement json) => new(
        json.GetProperty("peer").GetString() ?? "", json.GetProperty("lua").GetString() ?? "",
        json.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateObject().Select(
                p => new KeyValuePair<string, string>(p.Name, p.Value.GetString() ?? ""))]
            : []);
}
