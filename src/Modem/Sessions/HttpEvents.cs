using System.Globalization;

namespace AirHil.Modem.Sessions;

/// <summary>A whole request reached an HTTP server; the bytes are its body, put together.</summary>
/// <param name="Head">The request line and the headers as they were sent, without the blank line.</param>
public sealed record HttpRequested(TimeSpan At, Connection Connection, string Head, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes)
{
    public string Method => HttpHead.Word(Head, 0);

    /// <summary>The path with its query.</summary>
    public string Target => HttpHead.Word(Head, 1);

    /// <summary>Whether one of its header lines reads so; the case of its name does not matter.</summary>
    public bool HasHeader(string line) => HttpHead.HasHeader(Head, line);
}

/// <summary>An HTTP server begins to answer; the bytes are the body that it means to send.</summary>
/// <param name="Head">The status line and the headers, without the blank line.</param>
public sealed record HttpAnswered(TimeSpan At, Connection Connection, string Head, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes)
{
    public int Status =>
        int.TryParse(HttpHead.Word(Head, 1), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : 0;

    /// <summary>Whether one of its header lines reads so; the case of its name does not matter.</summary>
    public bool HasHeader(string line) => HttpHead.HasHeader(Head, line);
}

/// <summary>An HTTP server ends an answer before its body is out.</summary>
/// <param name="Sent">Bytes of the body that went out.</param>
public sealed record HttpCut(TimeSpan At, Connection Connection, int Sent) : ServedEvent(At, Connection);

/// <summary>A client sends what is no HTTP request, or more than the server takes.</summary>
/// <param name="Rule">In words.</param>
public sealed record HttpViolated(TimeSpan At, Connection Connection, string Rule) : ServedEvent(At, Connection);

/// <summary>The head of a request or of an answer, as text.</summary>
internal static class HttpHead
{
    public static string FirstLine(string head)
    {
        var end = head.IndexOf('\r', StringComparison.Ordinal);
        return end < 0 ? head : head[..end];
    }

    /// <summary>A word of the first line; "" where it has fewer.</summary>
    public static string Word(string head, int place) => FirstLine(head).Split(' ').ElementAtOrDefault(place) ?? "";

    public static bool HasHeader(string head, string line)
    {
        var (name, value) = Split(line);
        foreach (var own in head.Split("\r\n").Skip(1))
        {
            var (ownName, ownValue) = Split(own);
            if (ownValue == value && ownName.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static (string Name, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (line.Trim(), "") : (line[..colon].Trim(), line[(colon + 1)..].Trim());
    }
}
