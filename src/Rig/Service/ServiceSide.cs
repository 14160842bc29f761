using AirHil.Modem;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Faults;

namespace AirHil.Rig.Service;

/// <summary>
/// What the sessions of all protocols share and act by: the time, what is due, the faults, the connections, and what
/// the service does.
/// </summary>
/// <param name="startDate">Calendar time at the run's time 0.</param>
/// <param name="seed">The run's.</param>
internal sealed class ServiceSide(DateTimeOffset startDate, ulong seed)
{
    private readonly SortedDictionary<int, ServiceConnection> _connections = [];
    private readonly List<ActingFault<ServiceFault>> _faults = [];
    private readonly MessageFates _fates = new(seed);
    private readonly DueQueue<Action> _due = new();
    private readonly Queue<ServiceOutput> _outputs = new();

    public TimeSpan Now { get; private set; }

    /// <summary>The run's; a script draws its random numbers from it and its own name.</summary>
    public ulong Seed => seed;

    /// <summary>The date as the service's hosts have it.</summary>
    public DateTimeOffset Date => startDate + Now;

    public TimeSpan? NextTimeout => _due.Next;

    /// <summary>Bytes of all clients that wait for their rest.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Those that are served, in the order of their numbers.</summary>
    public IReadOnlyCollection<ServiceConnection> Connections => _connections.Values;

    public ServiceConnection? ConnectionOf(int id) => _connections.GetValueOrDefault(id);

    public void Add(ServiceConnection connection) => _connections.Add(connection.Id, connection);

    /// <summary>Counts what a session holds.</summary>
    public void Count(ServiceConnection connection)
    {
        if (connection.IsGone || connection.Session is not { } session) return;
        var held = session.HeldBytes;
        HeldBytes += held - connection.CountedBytes;
        connection.CountedBytes = held;
    }

    /// <summary>The connection is not served any more.</summary>
    public void Drop(ServiceConnection connection)
    {
        connection.IsGone = true;
        if (!_connections.Remove(connection.Id)) return;
        HeldBytes -= connection.CountedBytes;
        connection.CountedBytes = 0;
        connection.Gone?.Invoke();
    }

    /// <summary>Does what is due until then, each at its time.</summary>
    public void HandleTimeout(TimeSpan now)
    {
        while (_due.Next is { } due && due <= now && _due.TryTakeDue(now, out var act))
        {
            if (due > Now) Now = due;
            act();
        }

        if (now > Now) Now = now;
    }

    public bool TryTake(out ServiceOutput output) => _outputs.TryDequeue(out output!);

    /// <summary>Schedules an act on a connection so that it overtakes none before it.</summary>
    public void Plan(ServiceConnection connection, TimeSpan delay, Action act)
    {
        var due = Now + delay;
        if (due < connection.LastDue) due = connection.LastDue;
        connection.LastDue = due;
        _due.Add(due, act);
    }

    /// <summary>Schedules an act beside all others.</summary>
    public void After(TimeSpan delay, Action act) => _due.Add(Now + delay, act);

    public void Tell(ServiceOutput output) => _outputs.Enqueue(output);

    public void Record(string client, SessionEvent happened) =>
        _outputs.Enqueue(new ServiceOutput.Recorded(happened.Of(client)));

    public void Send(ServiceConnection connection, ReadOnlyMemory<byte> bytes) =>
        _outputs.Enqueue(new ServiceOutput.Send(connection.Id, bytes));

    /// <summary>Sends a datagram back to where one came from.</summary>
    public void Answer(ServiceInput.Datagram asked, ReadOnlyMemory<byte> bytes)
    {
        Record(asked.Client, new DatagramOut(Now, asked.Label, bytes));
        _outputs.Enqueue(new ServiceOutput.SendDatagram(asked.Flow, asked.Host, asked.Port, bytes));
    }

    /// <summary>Ends the TCP connection by FIN, whatever was said before.</summary>
    public void Hangup(ServiceConnection connection)
    {
        if (connection.IsGone) return;
        Drop(connection);
        Record(connection.Client, new ServiceFinished(Now, connection.Label));
        _outputs.Enqueue(new ServiceOutput.Close(connection.Id, false));
    }

    /// <summary>Ends the TCP connection by RST.</summary>
    public void Reset(ServiceConnection connection)
    {
        if (connection.IsGone) return;
        Drop(connection);
        Record(connection.Client, new ServiceReset(Now, connection.Label));
        _outputs.Enqueue(new ServiceOutput.Close(connection.Id, true));
    }

    /// <summary>The host no longer knows the connection.</summary>
    public void Forget(ServiceConnection connection)
    {
        Drop(connection);
        Record(connection.Client, new ServiceForgot(Now, connection.Label));
        _outputs.Enqueue(new ServiceOutput.Forget(connection.Id));
    }

    /// <summary>
    /// Lets a message pass as often and as late as the acting faults want it. One that comes late overtakes nothing,
    /// and is overtaken.
    /// </summary>
    /// <param name="toModule">Else it comes from the module.</param>
    /// <param name="pass">Takes or sends one copy of it.</param>
    public void Pass(ServiceConnection connection, bool toModule, ReadOnlyMemory<byte> message, Action pass)
    {
        if (_fates.AreUsual)
        {
            pass();
            return;
        }

        var copies = _fates.Of(toModule, connection.Label.Host, message.Span);
        if (copies.Count == 0)
        {
            Record(connection.Client, new ServiceWithheld(
                Now, connection.Label, toModule ? "a message to the module" : "a message of the module"));
        }

        foreach (var delay in copies)
        {
            if (delay == TimeSpan.Zero) pass();
            else After(delay, pass);
        }
    }

    public void Begin(ServiceFault fault)
    {
        if (fault is MessageFault some) _fates.Begin(some);
        else _faults.Add(new(fault));
    }

    /// <inheritdoc cref="ServiceInput.End"/>
    public void End(ServiceFault fault, int? place)
    {
        if (fault is MessageFault some) _fates.End(some, place);
        else _faults.End(fault, place);
    }

    /// <summary>Whether a fault of that kind acts on what has to do with the host.</summary>
    public bool IsActing<T>(string host)
        where T : ServiceFault => Acting<T>(host) is not null;

    /// <summary>A fault of that kind that acts on the host occurs once; null: there is none.</summary>
    /// <param name="isMeant">Further conditions.</param>
    public T? Strike<T>(string host, Predicate<T>? isMeant = null)
        where T : ServiceFault
    {
        var acting = Acting(host, isMeant);
        acting?.Occur();
        return acting?.Fault as T;
    }

    /// <summary>Of several the one that began last.</summary>
    private ActingFault<ServiceFault>? Acting<T>(string host, Predicate<T>? isMeant = null)
        where T : ServiceFault
    {
        return _faults.FindLast(acting => acting is { IsSpent: false, Fault: T found } && found.Limits.IsFor(host)
            && isMeant?.Invoke(found) != false);
    }
}
