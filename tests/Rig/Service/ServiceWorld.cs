using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.World;

namespace AirHil.Rig.Tests.Service;

/// <summary>The service side alone, without a network: bytes in, bytes out, any number of connections.</summary>
internal sealed class ServiceWorld
{
    /// <summary>Calendar time at the world's time 0.</summary>
    public static readonly DateTimeOffset Date = new(2024, 10, 12, 13, 29, 47, TimeSpan.Zero);

    private readonly Loop _loop = new();
    private readonly Shell<ServiceInput, ServiceOutput> _shell;
    private readonly Dictionary<int, List<byte>> _received = [];
    private readonly List<(int Flow, string Text)> _datagrams = [];

    /// <param name="endpoints">As the command line has them.</param>
    public ServiceWorld(params string[] endpoints)
        : this([.. endpoints.Select(EndpointText.Parse)])
    {
    }

    public ServiceWorld(IReadOnlyList<Endpoint> endpoints)
    {
        Machine = new ServiceMachine(endpoints, Date);
        _shell = new(_loop, "the service", Machine, Take);
        Run(0);
    }

    public ServiceMachine Machine { get; }

    public TimeSpan Now => _loop.Now;

    public List<SessionEvent> Session { get; } = [];

    public IEnumerable<string> Kinds => Session.Select(e => e.Kind);

    /// <summary>How the service ended each connection: "fin", "reset".</summary>
    public Dictionary<int, string> Ended { get; } = [];

    /// <summary>Where it listens.</summary>
    public List<ServiceOutput.Listening> Places { get; } = [];

    /// <returns>The connection's number.</returns>
    public int Connect(string host, int port, string client = "1")
    {
        var id = _received.Count + 1;
        _received.Add(id, []);
        Do(new ServiceInput.Accepted(id, client, host, port, false, ""));
        Run(0.01);
        return id;
    }

    public void Send(int connection, string text) => Send(connection, Encoding.UTF8.GetBytes(text));

    public void Send(int connection, byte[] bytes)
    {
        Do(new ServiceInput.Received(connection, bytes));
        Run(0.01);
    }

    public void Close(int connection, bool reset = false) => Do(new ServiceInput.Closed(connection, reset));

    /// <returns>The answer, or null.</returns>
    public string? Datagram(string host, int port, string text) =>
        Datagram(host, port, Encoding.Latin1.GetBytes(text));

    public string? Datagram(string host, int port, byte[] bytes)
    {
        _datagrams.Clear();
        Do(new ServiceInput.Datagram(1, "1", host, port, bytes));
        Run(1);
        return _datagrams.Count == 0 ? null : _datagrams[0].Text;
    }

    /// <summary>What came on a connection, as Latin-1.</summary>
    public string Text(int connection) => Encoding.Latin1.GetString([.. _received[connection]]);

    /// <summary>What came since the last call.</summary>
    public byte[] Taken(int connection)
    {
        var bytes = _received[connection].ToArray();
        _received[connection].Clear();
        return bytes;
    }

    public void Do(ServiceInput input)
    {
        _loop.Enter();
        _shell.Post(input);
        _loop.Settle();
    }

    public void Run(double seconds)
    {
        _loop.Enter();
        _loop.Advance(null, Now + TimeSpan.FromSeconds(seconds));
    }

    private void Take(ServiceOutput output, TimeSpan now)
    {
        switch (output)
        {
            case ServiceOutput.Send send:
                Ended.ShouldNotContainKey(send.Connection);
                _received[send.Connection].AddRange(send.Bytes.Span);
                break;
            case ServiceOutput.Close close:
                Ended[close.Connection] = close.Reset ? "reset" : "fin";
                break;
            case ServiceOutput.SendDatagram datagram:
                _datagrams.Add((datagram.Flow, Encoding.Latin1.GetString(datagram.Bytes.Span)));
                break;
            case ServiceOutput.Listening place:
                Places.Add(place);
                break;
            case ServiceOutput.Recorded recorded:
                Session.Add(recorded.Event);
                break;
        }
    }
}
