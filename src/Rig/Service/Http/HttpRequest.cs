namespace AirHil.Rig.Service.Http;

/// <summary>A whole request.</summary>
/// <param name="RawHead">The request line and the headers as they were sent, without the blank line.</param>
/// <param name="Body">Put together where it came in chunks.</param>
internal sealed record HttpRequest(HttpRequestHead Head, string RawHead, ReadOnlyMemory<byte> Body)
{
    /// <summary>The connection may serve another request (RFC 9112 §9.3).</summary>
    public bool KeepsAlive => !Head.HasToken("Connection", "close")
        && (Head.Version == "HTTP/1.1" || Head.HasToken("Connection", "keep-alive"));
}

/// <summary>What is wrong with what a client sends, and the status that says so.</summary>
internal sealed record HttpViolation(int Status, string Rule);
