namespace AirHil.Live.Network;

/// <summary>How many received bytes may wait for the world's thread; the sender waits beyond that.</summary>
internal sealed class ReceiveWindow(int limitBytes)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _room;
    private int _waiting;

    /// <summary>Counts bytes in; waits first while there is no room.</summary>
    public async ValueTask Add(int bytes, CancellationToken cancel)
    {
        while (true)
        {
            Task room;
            lock (_lock)
            {
                if (_waiting < limitBytes)
                {
                    _waiting += bytes;
                    return;
                }

                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(cancel);
        }
    }

    /// <summary>Bytes were consumed.</summary>
    public void Remove(int bytes)
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            _waiting -= bytes;
            if (_waiting >= limitBytes) return;
            (room, _room) = (_room, null);
        }

        room?.SetResult();
    }
}
