using System.Text.Json;
using AirHil.Rig.Peers;

namespace AirHil.Rig.Sessions;

/// <summary>
/// Peers as JSON members: "peer" is the script's name, "at" the place, "lua" the script, "modules" the files that it
/// requires, "parameters" what it was given.
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
        WriteTexts(json, "modules", script.Modules);
        WriteTexts(json, "parameters", script.Parameters);
    }

    public static PeerScript ReadScript(JsonElement json) => new(
        json.GetProperty("peer").GetString() ?? "", json.GetProperty("lua").GetString() ?? "",
        Texts(json, "parameters"))
    {
        Modules = Texts(json, "modules"),
    };

    private static void WriteTexts(
        Utf8JsonWriter json, string member, IReadOnlyList<KeyValuePair<string, string>> texts)
    {
        if (texts.Count == 0) return;
        json.WriteStartObject(member);
        foreach (var (name, value) in texts) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static KeyValuePair<string, string>[] Texts(JsonElement json, string member) =>
        json.TryGetProperty(member, out var texts)
            ? [.. texts.EnumerateObject().Select(t => KeyValuePair.Create(t.Name, t.Value.GetString() ?? ""))]
            : [];
}
