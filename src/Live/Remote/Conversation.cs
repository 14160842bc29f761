using System.Collections.Concurrent;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>
/// One end of a session over as many connections as it takes: sends what waits, again what got lost, and acknowledges.
/// </summary>
/// <param name="outbox">What this end sends.</param>
/// <param name="inbox">What this end has received.</param>
#pragma warning disable CA1001 // a semaphore that was never asked for a wait handle holds nothing of the system
internal sealed class Conversation(Outbox outbox, Inbox inbox)
{
    private const int MostAnswers = 1_000;
    private static readonly TimeSpan AckPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan QuickPause = TimeSpan.FromMilliseconds(5);
    private readonly ConcurrentQueue<LinkMessage> _answers = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private object? _current;

    /// <summary>To be sent on the present connection, before anything that waits; lost where that is lost.</summary>
    public void Answer(LinkMessage message)
    {
        if (_answers.Count >= MostAnswers)
        {
            throw new MalformedMessageException(
                "more questions came than answers could be sent", RefusalReason.Overflow);
        }

        _answers.Enqueue(message);
        Wake();
    }

    /// <summary>Something may have to be sent.</summary>
    public void Wake()
    {
        try
        {
            if (_changed.CurrentCount == 0) _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread has just woken it.
        }
    }

    /// <summary>A connection takes up the conversation, in the place of an earlier one.</summary>
    /// <exception cref="MalformedMessageException">The other end cannot have received that.</exception>
    public void Resume(object connection, long received)
    {
        outbox.Changed = Wake;
        Volatile.Write(ref _current, connection);
        _answers.Clear();
        outbox.Resume(connection, received);
    }

    /// <summary>Sends on a connection until that fails, another takes its place, or it is cancelled.</summary>
    /// <param name="connection">As given to <see cref="Resume"/>.</param>
    /// <param name="send">Sends one message.</param>
    /// <param name="ping">Makes a ping; null: this end sends none.</param>
    /// <param name="pingPause">The time between two of them.</param>
    public async Task SendAsync(
        object connection, Func<byte[], Task> send, Func<LinkMessage>? ping, TimeSpan pingPause,
        CancellationToken cancel)
    {
        var acknowledged = -1L;
        // The first few in quick succession give the other end an idea of the clocks.
        var quickPings = 5;
        var clock = new WallClock();
        var nextPing = TimeSpan.Zero;
        while (ReferenceEquals(Volatile.Read(ref _current), connection))
        {
            cancel.ThrowIfCancellationRequested();
            if (ping is not null && clock.Now >= nextPing)
            {
                nextPing = clock.Now + (--quickPings > 0 ? QuickPause : pingPause);
                await send(MessageCodec.Write(ping())).ConfigureAwait(false);
            }

            while (_answers.TryDequeue(out var answer))
            {
                await send(MessageCodec.Write(answer)).ConfigureAwait(false);
            }

            if (inbox.Taken is var taken && taken != acknowledged)
            {
                acknowledged = taken;
                await send(MessageCodec.Write(new LinkMessage.Ack(taken))).ConfigureAwait(false);
            }

            var burst = 32;
            while (burst-- > 0 && outbox.TryNext(connection, out var bytes)) await send(bytes).ConfigureAwait(false);
            if (burst >= 0)
            {
                await _changed.WaitAsync(quickPings > 0 ? QuickPause : AckPause, cancel).ConfigureAwait(false);
            }
        }
    }
}
