using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>
/// The firmware's network task (tcpip): work that others post to it, in order. While it computes the keys of a TLS
/// handshake it stands still, and all that comes waits (reference-net §1.1).
/// </summary>
internal sealed class NetworkTask
{
    private readonly Board _board;
    private readonly Queue<Action> _work = new();
    private readonly Alarm _due;
    private readonly Alarm _computeBegins;
    private readonly Alarm _computed;
    private object? _computer;
    private bool _isHanging;

    public NetworkTask(Board board)
    {
        _board = board;
        _due = board.NewAlarm(Run);
        _computeBegins = board.NewAlarm(BeginToCompute);
        _computed = board.NewAlarm(EndComputing);
    }

    /// <summary>It computes, and takes no work.</summary>
    public bool IsComputing { get; private set; }

    /// <summary>Does work at once, or after what it has to do before.</summary>
    public void Do(Action work)
    {
        if (IsComputing || _work.Count > 0) _work.Enqueue(work);
        else work();
    }

    /// <summary>Does work after the present act, at the same time.</summary>
    public void Later(Action work)
    {
        _work.Enqueue(work);
        if (!IsComputing && !_due.IsSet) _due.Set(_board.Now);
    }

    /// <summary>
    /// Stands still for the computation of a handshake, from when its server's answer can be there.
    /// </summary>
    /// <param name="computer">Whose handshake it is.</param>
    public void Compute(object computer, TimeSpan begins)
    {
        if (_computer is not null) return; // Two at a time would follow each other; the second is not modelled.
        _computer = computer;
        _computeBegins.Set(begins);
    }

    /// <summary>The handshake has ended, however it did.</summary>
    public void Computed(object computer)
    {
        if (_isHanging || !ReferenceEquals(computer, _computer)) return;
        _computer = null;
        _computeBegins.Cancel();
        _computed.Cancel();
        EndComputing();
    }

    /// <summary>It waits for what never comes: nothing is done any more.</summary>
    public void Hang()
    {
        _computer = this;
        (IsComputing, _isHanging) = (true, true);
        _due.Cancel();
        _computeBegins.Cancel();
        _computed.Cancel();
    }

    private void BeginToCompute()
    {
        IsComputing = true;
        _due.Cancel();
        _computed.Set(_board.Now + _board.Parameters.TlsComputeTime);
    }

    private void EndComputing()
    {
        IsComputing = false;
        if (_work.Count > 0) _due.Set(_board.Now);
    }

    private void Run()
    {
        while (!IsComputing && _work.TryDequeue(out var work)) work();
    }
}
