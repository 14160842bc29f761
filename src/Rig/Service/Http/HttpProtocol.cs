using System.Globalization;
using AirHil.Modem.Units;

namespace AirHil.Rig.Service.Http;

/// <summary>HTTP/1.1: http:// and https://.</summary>
internal sealed class HttpProtocol : ServiceProtocol
{
    private const int BodyLimit = 1_000_000;

    private static readonly string[] Columns =
    [
        "body", "bytes", "type", "headers", "delay", "speed", "chunked", "cut", "reset", "range", "length", "times",
    ];

    public override IReadOnlyList<string> Schemes => ["http", "https"];

    public override string Forms => "echo, silent, or a status with a body such as '200 hello', several parted by '|'";

    public override IReadOnlyDictionary<string, Type> Descriptions { get; } =
        new SortedDictionary<string, Type>(StringComparer.Ordinal) { ["http"] = typeof(HttpServer) };

    public override string? WhyNoPush(ServiceUrl target) => $"{target} only answers; nothing can be sent there";

    public override ServiceSite Open(ServiceSide side) => new HttpSite(side);

    /// <summary>The URL's path is the route; a path of "/" stands for all.</summary>
    public override EndpointBehavior? Read(ServiceUrl url, string text)
    {
        var answers = new List<HttpAnswer>();
        foreach (var part in text.Split('|'))
        {
            if (ReadAnswer(part.Trim()) is not { } answer) return null;
            answers.Add(answer);
        }

        return new HttpServer([new HttpRoute(HttpRoute.Any, url.Path == "/" ? "/*" : url.Path, answers)]);
    }

    /// <summary>Rows of one method and path are its answers in turn.</summary>
    public override EndpointBehavior ReadTable(ServiceUrl url, EndpointBehavior? before, ServiceTable table)
    {
        if (table.Noun != "routes") throw NoSuchTable(url, table, "routes");
        var routes = new List<HttpRoute>();
        foreach (var row in table.Read(["method", "path", "status"], Columns))
        {
            var method = (row.Find("method") ?? HttpRoute.Any).ToUpperInvariant();
            var path = row.Find("path") ?? "/";
            if (!path.StartsWith('/')) throw row.Wrong("path", "a path begins with /");
            var answer = ReadAnswer(row);
            var known = routes.FindIndex(r => r.Method == method && r.Path == path);
            if (known < 0) routes.Add(new HttpRoute(method, path, [answer]));
            else routes[known] = routes[known] with { Answers = [.. routes[known].Answers, answer] };
        }

        return new HttpServer(routes);
    }

    private static HttpAnswer? ReadAnswer(string text)
    {
        if (text == "echo") return new HttpAnswer(200) { IsEcho = true };
        if (text == "silent") return new HttpAnswer(0);
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var word = space < 0 ? text : text[..space];
        if (word.Length != 3
            || !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            || status is < 200 or > 599)
        {
            return null;
        }

        var body = space < 0 ? [] : Escapes.ToBytes(text[(space + 1)..]);
        return new HttpAnswer(status) { Body = body, Type = TypeOf(body) };
    }

    private static HttpAnswer ReadAnswer(ServiceTable.Row row)
    {
        var word = row.Find("status");
        var body = row.Content(BodyLimit);
        var answer = new HttpAnswer(word is "echo" ? 200 : word is "silent" ? 0 : row.Number("status", 200, 599) ?? 200)
        {
            IsEcho = word is "echo",
            Body = body,
            Type = row.Find("type") ?? TypeOf(body),
            Headers = [.. row.Text("headers").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim())],
            BytesPerSecond = row.Number("speed", 1, 10_000_000),
            CutAfter = row.Number("cut", 0, BodyLimit),
            IsCutByReset = row.Flag("reset"),
            HasRanges = row.Flag("range", true),
            HasNoLength = !row.Flag("length", true),
            Times = row.Number("times", 1, 1_000_000) ?? 1,
            ChunkBytes = row.Find("chunked") is "no" ? null : row.Number("chunked", 1, BodyLimit),
        };
        if (!answer.Headers.All(HttpHeaderLine.IsValid))
        {
            throw row.Wrong("headers", $"{HttpHeaderLine.Rule}; write several parted by \\n");
        }

        if (!HttpHeaderLine.IsValue(answer.Type)) throw row.Wrong("type", "it has no control characters");

        return row.Duration("delay") is { } delay ? answer with { Delay = delay } : answer;
    }

    private static string TypeOf(byte[] body) => body.Length == 0 ? ""
        : body[0] is (byte)'{' or (byte)'[' ? "application/json" : "text/plain";
}
