using System.Text.Json;
using AirHil.Rig.Files;
using AirHil.Rig.Network;
using AirHil.Rig.Sessions;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Comparison;

/// <summary>
/// Timings for the virtual module and its link, as a JSON file: {"modem":{…},"network":{…}}, each with what differs
/// from the standard values. A file of a link alone, as in fixtures/networks, is one too.
/// </summary>
public sealed record MeasuredProfile(ModemParameters Modem, NetworkProfile Network)
{
    private const int MostBytes = 1 << 20;

    /// <summary>Reads a profile.</summary>
    /// <exception cref="FormatException">It is not valid; the message names file and key.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static MeasuredProfile Load(string path)
    {
        return Parse(InputFile.ReadText(path, MostBytes), path);
    }

    /// <param name="text">The file's content.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <exception cref="FormatException">It is no profile; the message names file and key.</exception>
    public static MeasuredProfile Parse(string text, string file)
    {
        using var document = JsonFile.Parse(text, file);
        var json = document.RootElement;
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{file}: a JSON object is expected, with the members modem and network");
        }

        var names = json.EnumerateObject().Select(member => member.Name).ToArray();
        if (!names.Contains("modem") && !names.Contains("network"))
        {
            return new MeasuredProfile(new ModemParameters(), NetworkProfileFile.Parse(text, file));
        }

        if (Array.Find(names, name => name is not ("modem" or "network" or "note")) is { } other)
        {
            throw new FormatException($"{file}: {other}: unknown member; the members are modem, network and note");
        }

        try
        {
            return new MeasuredProfile(
                json.TryGetProperty("modem", out var modem)
                    ? ParameterJson.Read(modem, new ModemParameters(), name => Unknown("modem", name))
                    : new ModemParameters(),
                json.TryGetProperty("network", out var network)
                    ? ParameterJson.Read(network, NetworkProfile.LteGood, name => Unknown("network", name))
                    : NetworkProfile.LteGood);
        }
        catch (FormatException problem)
        {
            throw new FormatException($"{file}: {problem.Message}", problem);
        }
    }

    /// <summary>Writes it, with what differs from the standard values.</summary>
    /// <param name="note">Where it comes from, for people.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, string note = "") => WholeFile.Write(path, stream =>
    {
        using (var json = new Utf8JsonWriter(stream, SessionHeaderJson.Readable with { Indented = true }))
        {
            json.WriteStartObject();
            if (note.Length > 0) json.WriteString("note", note);
            json.WritePropertyName("modem");
            ParameterJson.Write(json, Modem, new ModemParameters());
            json.WritePropertyName("network");
            ParameterJson.Write(json, Network, NetworkProfile.LteGood);
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
    });

    private static void Unknown(string part, string name) =>
        throw new FormatException($"{part}: {name}: unknown key; docs/sessions.md says where the keys come from");
}
