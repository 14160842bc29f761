namespace AirHil.Rig.Service.Http;

/// <summary>What an HTTP/1.1 server answers: the description of an endpoint at http:// or https://.</summary>
/// <param name="Routes">The one whose path fits a request best answers it: whole before a beginning.</param>
internal sealed record HttpServer(IReadOnlyList<HttpRoute> Routes) : EndpointBehavior
{
    public bool Equals(HttpServer? other) => other is not null && Routes.SequenceEqual(other.Routes);

    public override int GetHashCode() => Routes.Count;
}

/// <summary>What is answered to requests of one method at one path.</summary>
/// <param name="Method">Such as GET; "*" for any.</param>
/// <param name="Path">As requests have it, without a query; one that ends in "*" stands for all that begin so.</param>
/// <param name="Answers">The first is given to the first request, and so on; the last one stays.</param>
internal sealed record HttpRoute(string Method, string Path, IReadOnlyList<HttpAnswer> Answers)
{
    public const string Any = "*";

    public bool HasMethod(string method) =>
        Method == Any || Method == method || (Method == "GET" && method == "HEAD");

    public bool HasPath(string path) => HttpPath.Matches(Path, path);

    public bool Equals(HttpRoute? other) => other is not null && Method == other.Method && Path == other.Path
        && Answers.SequenceEqual(other.Answers);

    public override int GetHashCode() => HashCode.Combine(Method, Path);
}

/// <summary>One answer, and how it goes out.</summary>
/// <param name="Status">100 to 599; 0: it never comes.</param>
internal sealed record HttpAnswer(int Status)
{
    /// <summary>How many requests it is given to before the next answer's turn.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The body is the request's own, or its head where it has no body.</summary>
    public bool IsEcho { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The Content-Type; "" for none.</summary>
    public string Type { get; init; } = "";

    /// <summary>More header lines, each without its end.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>From the request's last byte to the answer's first.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How fast the body goes out; null: at once.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>The bytes of one chunk (RFC 9112 §7.1); null: there is a Content-Length and no chunks.</summary>
    public int? ChunkBytes { get; init; }

    /// <summary>The connection ends behind that many bytes of the body; null: it does not.</summary>
    public int? CutAfter { get; init; }

    /// <summary>It ends by RST instead of FIN.</summary>
    public bool IsCutByReset { get; init; }

    /// <summary>Requests for a part of the body (RFC 9110 §14) get it.</summary>
    public bool HasRanges { get; init; } = true;

    /// <summary>No header gives the length: the body ends with the connection.</summary>
    public bool HasNoLength { get; init; }

    public bool Equals(HttpAnswer? other) => other is not null && Status == other.Status && Times == other.Times
        && IsEcho == other.IsEcho && Body.Span.SequenceEqual(other.Body.Span) && Type == other.Type
        && Headers.SequenceEqual(other.Headers) && Delay == other.Delay && BytesPerSecond == other.BytesPerSecond
        && ChunkBytes == other.ChunkBytes && CutAfter == other.CutAfter && IsCutByReset == other.IsCutByReset
        && HasRanges == other.HasRanges && HasNoLength == other.HasNoLength;

    public override int GetHashCode() => HashCode.Combine(Status, Times, Body.Length);
}
