using System.Text.Json;
using AirHil.Modem.Sessions;
using AirHil.Rig.Replay;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Comparison;

/// <summary>A comparison as one JSON object; events look as they do in session files, times are in seconds.</summary>
public static class ComparisonJson
{
    public static void Write(Stream stream, ComparisonResult result, string left, string right)
    {
        using var json = new Utf8JsonWriter(stream, SessionHeaderJson.Readable);
        json.WriteStartObject();
        json.WriteBoolean("equal", result.Equal);
        json.WriteString("left", left);
        json.WriteString("right", right);
        json.WriteNumber("differences", result.Count);
        if (result.First is { } first)
        {
            json.WriteStartObject("first");
            WriteMembers(json, first);
            WriteContext(json, "leftContext", first.LeftContext);
            WriteContext(json, "rightContext", first.RightContext);
            json.WriteEndObject();
        }

        json.WriteStartArray("list");
        foreach (var difference in result.Differences)
        {
            json.WriteStartObject();
            WriteMembers(json, difference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("kinds");
        foreach (var kind in result.Kinds) Write(json, kind);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in result.Notes) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.Write("\n"u8);
    }

    public static void Write(Stream stream, ExactReplay.Result result)
    {
        using var json = new Utf8JsonWriter(stream, SessionHeaderJson.Readable);
        json.WriteStartObject();
        json.WriteBoolean("same", result.IsSame);
        json.WriteNumber("events", result.Events);
        json.WriteNumber("end", result.End.TotalSeconds);
        json.WriteString("recordedHash", result.RecordedHash);
        json.WriteString("hash", result.Hash);
        if (result.Difference is { } difference)
        {
            json.WriteNumber("index", difference.Index);
            WriteEvent(json, "recorded", difference.Recorded);
            WriteEvent(json, "repeated", difference.Repeated);
            WriteContext(json, "before", [.. difference.Before.Select((e, i) =>
                (difference.Index - difference.Before.Count + i, e))]);
        }

        json.WriteEndObject();
        json.Flush();
        stream.Write("\n"u8);
    }

    private static void WriteMembers(Utf8JsonWriter json, Divergence difference)
    {
        json.WriteString("what", difference.Kind switch
        {
            DivergenceKind.Changed => "changed",
            DivergenceKind.Missing => "missing",
            DivergenceKind.Added => "added",
            _ => "moved",
        });
        json.WriteNumber("at", difference.At.TotalSeconds);
        if (difference.LeftIndex >= 0) json.WriteNumber("leftIndex", difference.LeftIndex);
        if (difference.RightIndex >= 0) json.WriteNumber("rightIndex", difference.RightIndex);
        if (difference.Kind == DivergenceKind.Moved)
        {
            json.WriteNumber("leftGap", difference.LeftGap.TotalSeconds);
            json.WriteNumber("rightGap", difference.RightGap.TotalSeconds);
        }

        WriteEvent(json, "left", difference.Left);
        WriteEvent(json, "right", difference.Right);
    }

    private static void Write(Utf8JsonWriter json, KindSummary kind)
    {
        json.WriteStartObject();
        json.WriteString("lane", EventLines.NameOf(kind.Lane));
        json.WriteString("kind", kind.Kind);
        json.WriteNumber("left", kind.Left);
        json.WriteNumber("right", kind.Right);
        json.WriteNumber("same", kind.Same);
        json.WriteNumber("changed", kind.Changed);
        json.WriteNumber("missing", kind.Missing);
        json.WriteNumber("added", kind.Added);
        json.WriteNumber("moved", kind.Moved);
        json.WriteNumber("widestShift", kind.WidestShift.TotalSeconds);
        json.WriteEndObject();
    }

    private static void WriteContext(
        Utf8JsonWriter json, string name, IReadOnlyList<(long Index, SessionEvent Event)> events)
    {
        json.WriteStartArray(name);
        foreach (var (index, e) in events)
        {
            json.WriteStartObject();
            json.WriteNumber("index", index);
            WriteEvent(json, "event", e);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEvent(Utf8JsonWriter json, string name, SessionEvent? e)
    {
        if (e is null) return;
        json.WritePropertyName(name);
        SessionEventConverter.Write(json, e);
    }
}
