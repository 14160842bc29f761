using System.Net;

namespace AirHil.Live.Remote;

/// <summary>Where a remote bench is, and which of its boards is meant.</summary>
/// <param name="Url">The bench: ws:// or wss://, without the board.</param>
/// <param name="Board">The board; "" for the only one there is.</param>
internal sealed record RemoteAddress(Uri Url, string Board)
{
    /// <summary>
    /// Reads "ws://HOST:PORT/BOARD", with or without "remote:" before it; port 7800 where none is named.
    /// </summary>
    /// <exception cref="FormatException">It is not valid; the message says what was expected.</exception>
    public static RemoteAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string prefix = "remote:";
        var url = text.Trim();
        if (url.StartsWith(prefix, StringComparison.Ordinal)) url = url[prefix.Length..];
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("ws" or "wss")
            || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new FormatException(
                $"'{text}' is no remote bench; write remote:wss://HOST:PORT/BOARD, or remote:ws:// on this machine, " +
                $"as remote:wss://lab-pi:7800/board:green");
        }

        var port = uri.IsDefaultPort ? RemoteProtocol.DefaultPort : uri.Port;
        return new RemoteAddress(
            new UriBuilder(uri.Scheme, uri.Host, port).Uri, Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')));
    }

    /// <summary>Whether nothing of what is said can be heard by others.</summary>
    public bool IsPrivate =>
        Url.Scheme == "wss" || Url.IsLoopback || (IPAddress.TryParse(Url.Host, out var ip) && IPAddress.IsLoopback(ip));

    public override string ToString() => Board.Length == 0 ? Url.ToString() : Url + Board;
}
