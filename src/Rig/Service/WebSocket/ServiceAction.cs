namespace AirHil.Rig.Service.WebSocket;

/// <summary>What the service will do at a set time.</summary>
internal abstract record ServiceAction
{
    private ServiceAction()
    {
    }

    /// <summary>The answer to an upgrade, and what follows in the same segment.</summary>
    internal sealed record AnswerUpgrade(
        ServiceConnection Connection, int Status, string Key, ServiceMessage? Glued) : ServiceAction;

    internal sealed record SendMessage(ServiceConnection Connection, ServiceMessage Message) : ServiceAction;

    internal sealed record SendControl(ServiceConnection Connection, WebSocketFrame Frame) : ServiceAction;

    /// <summary>Ends the TCP connection, whatever was said before.</summary>
    internal sealed record Hangup(ServiceConnection Connection) : ServiceAction;

    internal sealed record SendDatagram(ServiceInput.Datagram Asked, ServiceMessage Message) : ServiceAction;
}
