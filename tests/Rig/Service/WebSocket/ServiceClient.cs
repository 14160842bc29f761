using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Service.WebSocket;

namespace AirHil.Rig.Tests.Service.WebSocket;

/// <summary>Bytes in, bytes out: the service side alone, without a network.</summary>
internal sealed class ServiceClient
{
    public const string Request =
        "GET /ws HTTP/1.1\r\nHost: a.test:80\r\nAuth:Basic%20ABCDEGG\r\nUpgrade: websocket\r\n"
        + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    private readonly List<byte> _received = [];
    private TimeSpan _now;

    public ServiceClient(EndpointBehavior? behavior = null, string url = "ws://a.test/ws")
        : this(new Endpoint(ServiceUrl.Parse(url), behavior ?? new EchoFrames()))
    {
    }

    public ServiceClient(Endpoint endpoint)
    {
        Service = new ServiceMachine([endpoint], DateTimeOffset.UnixEpoch);
        Take();
        Do(new ServiceInput.Accepted(1, "1", "a.test", 80, false, ""));
    }

    public ServiceMachine Service { get; }

    public List<SessionEvent> Session { get; } = [];

    /// <summary>How the service ended the connection: null, "fin", "reset".</summary>
    public string? Ended { get; private set; }

    public byte[] Received => [.. _received];

    public string Text => Encoding.Latin1.GetString(_received.ToArray());

    /// <summary>A client that has been upgraded.</summary>
    public static ServiceClient Open(EndpointBehavior? behavior = null)
    {
        var client = new ServiceClient(behavior);
        client.Send(Request);
        client.Text.ShouldStartWith("HTTP/1.1 101 Switching Protocols\r\n");
        client.Forget();
        return client;
    }

    public void Forget() => _received.Clear();

    public void Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    public void Send(byte[] bytes)
    {
        Do(new ServiceInput.Received(1, bytes));
        Run(0.01);
    }

    public void Send(WebSocketFrame frame) => Send(frame.Encode([9, 8, 7, 6]));

    public void Do(ServiceInput input)
    {
        Service.Handle(input, _now);
        Take();
    }

    public void Run(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        Service.HandleTimeout(_now);
        Take();
    }

    private void Take()
    {
        while (Service.TryTake(out var output))
        {
            switch (output)
            {
                case ServiceOutput.Send { Connection: 1 } send:
                    Ended.ShouldBeNull();
                    _received.AddRange(send.Bytes.Span);
                    break;
                case ServiceOutput.Close { Connection: 1 } close:
                    Ended = close.Reset ? "reset" : "fin";
                    break;
                case ServiceOutput.Recorded recorded:
                    Session.Add(recorded.Event);
                    break;
            }
        }
    }
}
