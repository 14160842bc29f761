using System.Globalization;
using System.Text;

namespace AirHil.Rig.Service.Http;

/// <summary>An answer as it goes over the wire.</summary>
/// <param name="Head">The status line and the headers, without the blank line.</param>
/// <param name="Content">The body before it is put into chunks.</param>
/// <param name="Body">The body's bytes as they go out, as far as they do.</param>
/// <param name="KeepsAlive">The connection serves on behind it.</param>
/// <param name="Cut">Bytes of the content that go out where it is cut; null: all do.</param>
internal sealed record HttpWire(string Head, ReadOnlyMemory<byte> Content, byte[] Body, bool KeepsAlive, int? Cut)
{
    /// <param name="date">The server's.</param>
    /// <param name="cutsInTheMiddle">Whether a fault cuts this body; it is asked only where there is one.</param>
    public static HttpWire Of(HttpRequest request, HttpAnswer answer, DateTimeOffset date, Func<bool> cutsInTheMiddle)
    {
        var content = !answer.IsEcho ? answer.Body
            : request.Body.Length > 0 ? request.Body
            : Encoding.Latin1.GetBytes(request.RawHead + "\r\n\r\n");
        var status = answer.Status;
        var range = "";
        if (status == 200 && answer is { HasRanges: true, IsEcho: false, ChunkBytes: null }
            && request.Head.Method == "GET" && request.Head["Range"] is { } asked)
        {
            (status, content, range) = Part(asked, content);
        }

        var hasBody = status is >= 200 and not (204 or 304);
        var isChunked = answer.ChunkBytes is not null && request.Head.Version == "HTTP/1.1" && hasBody;
        var hasNoLength = answer.HasNoLength || (answer.ChunkBytes is not null && !isChunked);
        var lines = new List<string> { $"HTTP/1.1 {status} {HttpReason.Of(status)}" };
        void Add(string name, string value)
        {
            var isOwn = answer.Headers.Any(h => h.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
            if (value.Length > 0 && !isOwn) lines.Add($"{name}: {value}");
        }

        Add("Date", date.UtcDateTime.ToString("R", CultureInfo.InvariantCulture));
        Add("Content-Type", answer.IsEcho && answer.Type.Length == 0
            ? request.Head["Content-Type"] ?? "text/plain"
            : answer.Type);
        Add("Content-Range", range);
        if (isChunked) Add("Transfer-Encoding", "chunked");
        else if (hasBody && !hasNoLength) Add("Content-Length", content.Length.ToString(CultureInfo.InvariantCulture));
        lines.AddRange(answer.Headers);
        var keeps = request.KeepsAlive && !(hasBody && hasNoLength);
        keeps = keeps && !answer.Headers.Contains("Connection: close", StringComparer.OrdinalIgnoreCase);
        Add("Connection", keeps ? "keep-alive" : "close");
        if (!hasBody || request.Head.Method == "HEAD") content = default;
        var cut = content.Length > 0 && cutsInTheMiddle() ? content.Length / 2 : answer.CutAfter;
        if (cut > content.Length) cut = content.Length;
        var body = isChunked && request.Head.Method != "HEAD"
            ? Chunks(content, answer.ChunkBytes!.Value, cut)
            : content[..(cut ?? content.Length)].ToArray();
        return new HttpWire(string.Join("\r\n", lines), content, body, keeps && cut is null, cut);
    }

    /// <summary>RFC 9110 §14.2: one range of bytes; several, or what is no range, get the whole.</summary>
    private static (int Status, ReadOnlyMemory<byte> Content, string Range) Part(
        string asked, ReadOnlyMemory<byte> content)
    {
        var (first, last) = Range(asked, content.Length);
        if (first is null) return (200, content, "");
        if (first >= content.Length || last < first)
        {
            return (416, default, string.Create(CultureInfo.InvariantCulture, $"bytes */{content.Length}"));
        }

        var (from, to) = ((int)first, (int)Math.Min(last, content.Length - 1));
        return (206, content[from..(to + 1)], string.Create(
            CultureInfo.InvariantCulture, $"bytes {from}-{to}/{content.Length}"));
    }

    /// <returns>The first and the last byte; no first: it is no range that is understood.</returns>
    private static (long? First, long Last) Range(string asked, int length)
    {
        const string Unit = "bytes=";
        if (!asked.StartsWith(Unit, StringComparison.OrdinalIgnoreCase)) return (null, 0);
        var parts = asked[Unit.Length..].Split('-');
        if (parts.Length != 2) return (null, 0);
        var hasFirst = long.TryParse(parts[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var first);
        var hasLast = long.TryParse(parts[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var last);
        if (hasFirst && hasLast) return last < first ? (null, 0) : (first, last);
        if (hasFirst && parts[1].Trim().Length == 0) return (first, long.MaxValue);
        if (!hasLast || parts[0].Trim().Length > 0) return (null, 0);
        return (last == 0 ? length : Math.Max(0, length - last), long.MaxValue);
    }

    private static byte[] Chunks(ReadOnlyMemory<byte> content, int size, int? cut)
    {
        var wire = new List<byte>(content.Length + 64);
        for (var at = 0; at < content.Length; at += size)
        {
            var chunk = content.Slice(at, Math.Min(size, content.Length - at)).Span;
            wire.AddRange(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            if (cut is { } end && end - at < chunk.Length)
            {
                wire.AddRange(chunk[..(end - at)]);
                return [.. wire];
            }

            wire.AddRange(chunk);
            wire.AddRange("\r\n"u8);
        }

        if (cut is null) wire.AddRange("0\r\n\r\n"u8);
        return [.. wire];
    }
}
