using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Rtos;

/// <summary>
/// A message of the Lua task: what its C handler does when <c>rtos.receive</c> takes it (reference §2.1).
/// </summary>
internal interface IMailboxMessage
{
    /// <summary>Runs the handler; its steps call Lua, unprotected as on the module (§2.6).</summary>
    IEnumerator<NativeStep> Deliver(NativeFrame frame);
}

/// <summary>The Lua task's mailbox: bounded, first in, first out; what does not fit is lost and counted.</summary>
/// <param name="capacity">32 on V1112 (reference §1.3).</param>
internal sealed class Mailbox(int capacity)
{
    private readonly Queue<IMailboxMessage> _messages = new(capacity);

    public int Count => _messages.Count;

    /// <summary>Messages lost since the start.</summary>
    public int Lost { get; private set; }

    /// <summary>After the VM's end nobody takes messages any more.</summary>
    public bool IsClosed { get; set; }

    public bool TryPost(IMailboxMessage message)
    {
        if (IsClosed) return false;
        if (_messages.Count >= capacity)
        {
            Lost++;
            return false;
        }

        _messages.Enqueue(message);
        return true;
    }

    public bool TryTake(out IMailboxMessage message) => _messages.TryDequeue(out message!);
}
