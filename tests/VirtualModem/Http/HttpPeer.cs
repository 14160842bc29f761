using System.Globalization;
using System.Text;

using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Http;

/// <summary>A server that answers each request with the next text of its list; then it is silent.</summary>
internal sealed class HttpPeer
{
    /// <summary>In an answer: the server closes the connection here.</summary>
    public const string Close = "<close>";

    /// <summary>In an answer: what follows comes 50 ms later.</summary>
    public const string Later = "<later>";

    private readonly Dictionary<int, StringBuilder> _coming = [];
    private readonly Queue<string> _answers;

    public HttpPeer(FakeAir air, params string[] answers)
    {
        _answers = new Queue<string>(answers);
        air.Server = (connection, bytes, at) => Take(air, connection, bytes, at);
    }

    /// <summary>The requests, whole.</summary>
    public List<string> Requests { get; } = [];

    private void Take(FakeAir air, int connection, byte[] bytes, TimeSpan at)
    {
        if (!_coming.TryGetValue(connection, out var text)) _coming[connection] = text = new StringBuilder();
        text.Append(Encoding.Latin1.GetString(bytes));
        var whole = text.ToString();
        var end = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0 || whole.Length < end + 4 + LengthIn(whole)) return;
        Requests.Add(whole);
        _coming.Remove(connection);
        if (_answers.Count == 0) return;
        foreach (var part in _answers.Dequeue().Split(Later))
        {
            var closes = part.EndsWith(Close, StringComparison.Ordinal);
            var data = closes ? part[..^Close.Length] : part;
            if (data.Length > 0) air.Send(new AirEvent.TcpReceived(connection, Encoding.Latin1.GetBytes(data)), at);
            if (closes) air.Send(new AirEvent.TcpClosed(connection, Reset: false), at);
            at += TimeSpan.FromMilliseconds(50);
        }
    }

    private static int LengthIn(string request)
    {
        const string name = "Content-Length: ";
        var at = request.IndexOf(name, StringComparison.Ordinal);
        return at < 0
            ? 0
            : int.Parse(request[(at + name.Length)..].Split("\r\n")[0], CultureInfo.InvariantCulture);
    }
}
