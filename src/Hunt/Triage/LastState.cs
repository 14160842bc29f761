using System.Globalization;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Hunt.Triage;

/// <summary>How far the module had come with its newest connection.</summary>
internal sealed class LastState
{
    /// <summary>The driver's line for bytes that its buffer has no room for: "…:uart1 rx 1,131072,131072!".</summary>
    private const string FullBuffer = "prvUart_RxBufferAdd ";
    private readonly LostTexts _lost = new();
    private readonly HashSet<int> _full = [];

    /// <summary>How far each connection has come that the module has not lost, the newest last.</summary>
    private readonly List<(int Number, string Words, TimeSpan Since)> _open = [];
    private readonly HashSet<int> _gone = [];

    /// <summary>What holds while there is no connection.</summary>
    private (string Words, TimeSpan Since) _without = ("off", TimeSpan.Zero);
    private TimeSpan? _asked;

    /// <summary>In words: "connected", "waits for the TLS handshake".</summary>
    public string Words => Now.Words;

    /// <summary>Since when.</summary>
    public TimeSpan Since => Now.Since;

    private (string Words, TimeSpan Since) Now => _asked is { } asked ? ("asks for a name", asked)
        : _open.Count > 0 ? (_open[^1].Words, _open[^1].Since)
        : _without;

    /// <inheritdoc cref="LostTexts.Has"/>
    public bool HasLostSms(string number, Func<string, bool> isSuch) => _lost.Has(number, isSuch);

    /// <summary>Whether the driver of that UART has lost bytes for which its buffer had no room.</summary>
    public bool HasLostBytes(int port) => _full.Contains(port);

    public void Feed(SessionEvent happened)
    {
        _lost.Feed(happened);
        FollowUart(happened);
        switch (happened)
        {
            case PowerCut:
                Restart("off", happened.At);
                break;
            case ModemStarted:
                Restart("has opened no connection since its start", happened.At);
                break;
            case DnsAsked:
                _asked = happened.At;
                break;
            case DnsAnswered { Address: var address }:
                _asked = null;
                if (address is null) _without = ("found no address", happened.At);
                break;
            case UdpSent or DatagramIn:
                _without = ("exchanges datagrams", happened.At);
                break;
            case TcpClosed or TcpEnded or TcpReset or TcpRefused or TcpAbandoned or TlsFailed
                or TcpTimedOut { AtService: false }:
                Lose(((ConnectionEvent)happened).Connection.Number, happened.At);
                break;
            case IConnected { Connection.Number: var number } when Progress(happened) is { } words:
                Advance(number, words, happened.At);
                break;
            default:
                break;
        }
    }

    /// <summary>How far a connection has come with an event; null: as far as before.</summary>
    private static string? Progress(SessionEvent happened) => happened switch
    {
        TcpOpening => "opens TCP",
        TcpOpened => "TCP is open",
        TlsStarted => "waits for the TLS handshake",
        TlsOpened => "TLS is open",
        UpgradeAsked => "waits for the upgrade",
        UpgradeAccepted or MqttOut { Packet: MqttPacketType.Connack, Fields.Code: 0 } => "connected",
        MqttIn { Packet: MqttPacketType.Connect } => "waits for the broker",
        HttpRequested => "waits for the answer to an HTTP request",
        HttpAnswered => "TCP is open",
        _ => null,
    };

    private void Restart(string words, TimeSpan at)
    {
        foreach (var (number, _, _) in _open) _gone.Add(number);
        _open.Clear();
        (_without, _asked) = ((words, at), null);
    }

    private void Lose(int number, TimeSpan at)
    {
        _gone.Add(number);
        if (_open.RemoveAll(one => one.Number == number) > 0) _without = ("has lost its connection", at);
    }

    private void Advance(int number, string words, TimeSpan at)
    {
        // What the service hears of a connection that the module has lost says nothing of the module.
        if (_gone.Contains(number)) return;
        var place = _open.FindIndex(one => one.Number == number);
        if (place >= 0) _open[place] = (number, words, at);
        else
        {
            _open.Add((number, words, at));
            _asked = null;
        }
    }

    private void FollowUart(SessionEvent happened)
    {
        if (happened is not LogLine { Line: var line } || !line.Contains(FullBuffer, StringComparison.Ordinal)) return;
        var digits = line[(line.LastIndexOf(":uart", StringComparison.Ordinal) + 5)..].TakeWhile(char.IsAsciiDigit);
        if (int.TryParse(string.Concat(digits), CultureInfo.InvariantCulture, out var port)) _full.Add(port);
    }
}
