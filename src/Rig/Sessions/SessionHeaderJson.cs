using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Time;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Sessions;

/// <summary>The header as a line of JSON.</summary>
internal static class SessionHeaderJson
{
    /// <summary>Files are read by people; nothing of them ends up inside of HTML unescaped.</summary>
    public static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What --speed takes at most.</summary>
    private const int MostSpeed = 1000;

    /// <summary>Without line end.</summary>
    public static byte[] Write(SessionHeader header)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("airhil", SessionHeader.CurrentVersion);
            json.WriteString("program", header.Program);
            if (header.Title.Length > 0) json.WriteString("title", header.Title);
            json.WriteString("target", header.Target);
            json.WriteString("clock", header.Clock == RigClock.Virtual ? "virtual" : "wall");
            if (header.Speed != 1) json.WriteNumber("speed", header.Speed);
            // As text: a number of 64 bits is more than many readers of JSON hold exactly.
            json.WriteString("seed", header.Seed.ToString(CultureInfo.InvariantCulture));
            if (header.Bits != 0) json.WriteNumber("bits", header.Bits);
            json.WriteString("start", header.Start.ToString("O", CultureInfo.InvariantCulture));
            if (header.Interleaving != 0)
            {
                json.WriteString("interleaving", header.Interleaving.ToString(CultureInfo.InvariantCulture));
            }

            json.WriteNumber("baud", header.UartBaud);
            json.WriteBoolean("exact", header.Exact);
            if (header.Masked) json.WriteBoolean("masked", true);
            json.WritePropertyName("network");
            ParameterJson.Write(json, header.Network, NetworkProfile.LteGood);
            json.WritePropertyName("modem");
            ParameterJson.Write(json, header.Modem, new ModemParameters());
            json.WriteStartArray("services");
            foreach (var endpoint in header.Services)
            {
                json.WriteStartObject();
                EndpointJson.WriteMembers(json, endpoint);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("scripts");
            foreach (var (name, hash) in header.Scripts.DistinctBy(s => s.Key)) json.WriteString(name, hash);
            json.WriteEndObject();
            json.WriteStartArray("capabilities");
            foreach (var capability in header.Capabilities) json.WriteStringValue(capability);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <exception cref="FormatException">It is no header, or one of another version; the message tells.</exception>
    public static SessionHeader Read(ReadOnlyMemory<byte> line)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line);
        }
        catch (JsonException problem)
        {
            throw new FormatException(
                "not a session: the first line must be a header such as {\"airhil\":2,…}", problem);
        }

        using (document)
        {
            var json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("airhil", out var version)
                || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number))
            {
                throw new FormatException(
                    "not a session: the first line must be a header such as {\"airhil\":2,…}");
            }

            if (number is < 1 or > SessionHeader.CurrentVersion)
            {
                throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"written in version {number} of the format; this airhil reads versions 1 to " +
                    $"{SessionHeader.CurrentVersion}: use a newer airhil"));
            }

            try
            {
                return Read(json) with { Version = number };
            }
            catch (Exception problem) when (SessionFormatException.IsDamage(problem))
            {
                throw new FormatException($"the header is damaged: {problem.Message}", problem);
            }
        }
    }

    private static SessionHeader Read(JsonElement json)
    {
        string? Text(string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
        bool Yes(string name) => json.TryGetProperty(name, out var value) && value.GetBoolean();
        JsonElement? Member(string name) => json.TryGetProperty(name, out var value) ? value : null;
        return new SessionHeader
        {
            Program = Text("program") ?? "",
            Title = Text("title") ?? "",
            Target = Text("target") ?? "",
            Clock = Text("clock") switch
            {
                "virtual" => RigClock.Virtual,
                "wall" => RigClock.Wall,
                var other => throw new FormatException($"the clock '{other}' is neither virtual nor wall"),
            },
            Speed = Member("speed")?.GetDouble() switch
            {
                null => 1,
                > 0 and <= MostSpeed and var speed => speed,
                var other => throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the speed {other} is not above 0 and at most {MostSpeed} seconds in one of the wall clock")),
            },
            Seed = ulong.Parse(Text("seed") ?? "1", NumberStyles.None, CultureInfo.InvariantCulture),
            Bits = Member("bits")?.GetInt32() switch
            {
                null or 0 => 0,
                32 => 32,
                64 => 64,
                var other => throw new FormatException($"{other} is no width of numbers; it is 32 or 64"),
            },
            Start = DateTimeOffset.Parse(Text("start") ?? "", CultureInfo.InvariantCulture),
            Interleaving = ulong.Parse(Text("interleaving") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture),
            UartBaud = Member("baud")?.GetInt32() switch
            {
                null => 115_200,
                > 0 and var baud => baud,
                var other => throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture, $"{other} baud is no speed of a serial port; it is 1 or more")),
            },
            Exact = Yes("exact"),
            Masked = Yes("masked"),
            Network = Member("network") is { } network
                ? ParameterJson.Read(network, NetworkProfile.LteGood, Ignore)
                : NetworkProfile.LteGood,
            Modem = Member("modem") is { } modem
                ? ParameterJson.Read(modem, new ModemParameters(), Ignore)
                : new ModemParameters(),
            Services = Together((Member("services")?.EnumerateArray() ?? default).Select(EndpointJson.Read)),
            Scripts =
            [
                .. (Member("scripts")?.EnumerateObject() ?? default)
                    .Select(s => new KeyValuePair<string, string>(s.Name, s.Value.GetString() ?? "")),
            ],
            Capabilities =
                [.. (Member("capabilities")?.EnumerateArray() ?? default).Select(c => c.GetString() ?? "")],
        };
    }

    /// <exception cref="ArgumentException">They cannot be services of one run.</exception>
    private static List<Endpoint> Together(IEnumerable<Endpoint> services)
    {
        var (all, list) = (new List<Endpoint>(), new EndpointList());
        foreach (var service in services)
        {
            list.Add(service);
            all.Add(service);
        }

        return all;
    }

    /// <summary>A later airhil may say more than this one understands.</summary>
    private static void Ignore(string name)
    {
    }
}
