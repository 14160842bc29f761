namespace AirHil.Rig.Service;

/// <summary>A client as the script of a service has it.</summary>
internal abstract class ScriptClient
{
    /// <summary>The engine's reference to the table that stands for it.</summary>
    public int Reference { get; init; }

    /// <summary>Sends a message, behind what was sent before.</summary>
    public abstract void Send(ServiceMessage message);

    /// <summary>Ends the connection, behind what was sent before.</summary>
    /// <param name="reset">By RST, at once; else as the protocol does.</param>
    public abstract void Close(bool reset);
}

/// <summary>A client that is connected.</summary>
internal sealed class ConnectedScriptClient(ServiceSide side, ServiceSession session) : ScriptClient
{
    /// <summary>So that the acknowledgement of TCP comes first.</summary>
    private static readonly TimeSpan Promptly = TimeSpan.FromMilliseconds(1);

    public override void Send(ServiceMessage message) =>
        side.Plan(session.Connection, Promptly, () => session.Push(message));

    public override void Close(bool reset) => side.Plan(session.Connection, Promptly, () =>
    {
        if (reset) side.Reset(session.Connection);
        else session.Close();
    });
}

/// <summary>A socket that sends datagrams: what is sent to it answers its last one.</summary>
internal sealed class DatagramScriptClient(ServiceSide side) : ScriptClient
{
    private static readonly TimeSpan Promptly = TimeSpan.FromMilliseconds(1);

    public required ServiceInput.Datagram Last { get; set; }

    public override void Send(ServiceMessage message)
    {
        var asked = Last;
        side.After(Promptly, () =>
        {
            if (!side.IsActing<Modem.Faults.FallSilent>(asked.Host)) side.Answer(asked, message.Bytes);
        });
    }

    /// <summary>A socket of datagrams has no end.</summary>
    public override void Close(bool reset)
    {
    }
}
