using AirHil.Rig.Runs;

namespace AirHil.Live.Remote;

/// <summary>Prepares a board for the scripts of a client, one script at a time.</summary>
/// <param name="tell">Takes what the bench's user reads.</param>
/// <param name="post">Answers the client.</param>
/// <param name="ended">Cancelled at the end of the session.</param>
#pragma warning disable CA1001 // a semaphore that was never asked for a wait handle holds nothing of the system
internal sealed class ServedPreparations(
    ServedBoard board, string client, Action<string> tell, Action<BenchMessage> post, CancellationToken ended)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, CancellationTokenSource> _running = [];
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <exception cref="MalformedMessageException">It runs already, or too many do.</exception>
    public void Begin(int request, FirmwareSource firmware)
    {
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(ended);
        lock (_gate)
        {
            if (_running.Count >= RemoteProtocol.MaxModems)
            {
                throw new MalformedMessageException("too many preparations at a time", RefusalReason.Overflow);
            }

            if (!_running.TryAdd(request, cancel))
            {
                throw new MalformedMessageException($"preparation {request} is asked for twice");
            }
        }

        tell($"{client} prepares {board.Name} for '{Printable.Of(firmware.Name, 80)}'");
        _ = Task.Run(() => PrepareAsync(request, firmware, cancel));
    }

    public void Cancel(int request)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(request, out var running)) running.Cancel();
        }
    }

    private async Task PrepareAsync(int request, FirmwareSource firmware, CancellationTokenSource cancel)
    {
        string? reason;
        try
        {
            // A board can be given one script at a time.
            await _turn.WaitAsync(cancel.Token).ConfigureAwait(false);
            try
            {
                reason = await board.Target.PrepareAsync(firmware, cancel.Token).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            reason = "the preparation was cancelled";
        }
        catch (Exception problem)
        {
            // Whatever a target throws is the client's to know, and must not end the bench.
            reason = $"the preparation failed: {problem.Message}";
        }

        lock (_gate) _running.Remove(request);
        cancel.Dispose();
        if (reason is not null) tell($"{board.Name} cannot run it: {Printable.Of(reason)}");
        post(new BenchMessage.Prepared(request, reason));
    }
}
