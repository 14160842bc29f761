using System.Text.RegularExpressions;

namespace AirHil.Rig.Service;

/// <summary>One place that a modem can reach, and how it behaves.</summary>
public sealed partial record Endpoint(ServiceUrl Url, EndpointBehavior Behavior)
{
    /// <summary>The limits that a service may be given, in bytes.</summary>
    public const int LeastMessageLimit = 125;

    public const int MostMessageLimit = 64 << 20;

    public const int DefaultMessageLimit = 1 << 20;

    private readonly int _messageLimit = DefaultMessageLimit;

    /// <summary>
    /// The largest WebSocket message that is read, in bytes: 1 MiB, or 125 to 64 MiB. A larger one is answered by
    /// close code 1009.
    /// </summary>
    /// <exception cref="FormatException">The limit is out of range.</exception>
    public int MessageLimit
    {
        get => _messageLimit;
        init => _messageLimit = value is >= LeastMessageLimit and <= MostMessageLimit
            ? value
            : throw new FormatException(
                $"{value} is no limit of messages; it is from {LeastMessageLimit} to {MostMessageLimit} bytes");
    }

    /// <summary>
    /// Reads "ws://host/path=echo", the form of the command line: URL, "=", behaviour
    /// (<see cref="EndpointBehavior.Parse"/>), and perhaps ", at most 4096 bytes".
    /// </summary>
    /// <exception cref="FormatException">The text is not valid; the message says what was expected.</exception>
    public static Endpoint Parse(string text)
    {
        // A URL may hold "=" in its query: the first one that a behaviour follows parts the two.
        var split = text.IndexOf("://", StringComparison.Ordinal);
        while (split >= 0)
        {
            var next = text.IndexOf('=', split + 1);
            if (next < 0) break;
            split = next;
            if (EndpointBehavior.Begins(text[(split + 1)..])) break;
        }

        if (split < 0 || text[split] != '=')
        {
            throw new FormatException(
                $"'{text}' is not a service; write URL=BEHAVIOUR, such as ws://example.test/ws=echo");
        }

        var url = ServiceUrl.Parse(text[..split]);
        var behavior = text[(split + 1)..];
        if (!url.IsWebSocket || Limited().Match(behavior) is not { Success: true } limited)
        {
            return new Endpoint(url, EndpointBehavior.Parse(behavior));
        }

        var limit = int.TryParse(limited.Groups[1].ValueSpan, out var bytes) ? bytes : int.MaxValue;
        return new Endpoint(url, EndpointBehavior.Parse(behavior[..limited.Index])) { MessageLimit = limit };
    }

    [GeneratedRegex(@",\s*at most ([0-9]+) bytes\s*$")]
    private static partial Regex Limited();
}
