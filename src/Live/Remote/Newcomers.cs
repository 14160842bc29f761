using Microsoft.AspNetCore.Connections;

namespace AirHil.Live.Remote;

/// <summary>
/// Connections that have not said yet who they are: so many at a time, the oldest of them makes room for the next, and
/// none for longer than a limit. So those that say nothing keep nobody out.
/// </summary>
/// <param name="most">As many at a time.</param>
/// <param name="limit">How long one may take to say its hello.</param>
internal sealed class Newcomers(int most, TimeSpan limit)
{
    private readonly object _gate = new();
    private readonly LinkedList<Newcomer> _waiting = [];

    /// <summary>Counts a connection until it ends or is known.</summary>
    public async Task Carry(ConnectionContext connection, ConnectionDelegate next)
    {
        var newcomer = new Newcomer(this, connection);
        connection.Features.Set(newcomer);
        Newcomer? oldest = null;
        lock (_gate)
        {
            if (_waiting.Count >= most)
            {
                oldest = _waiting.First!.Value;
                _waiting.RemoveFirst();
            }

            newcomer.Place = _waiting.AddLast(newcomer);
        }

        oldest?.SendAway();
        using var patience = new CancellationTokenSource(limit);
        await using var late = patience.Token.Register(
            static state => ((Newcomer)state!).SendAwayIfWaiting(), newcomer);
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            newcomer.Leave();
        }
    }

    private bool Remove(Newcomer newcomer)
    {
        lock (_gate)
        {
            if (newcomer.Place.List is null) return false;
            _waiting.Remove(newcomer.Place);
            return true;
        }
    }

    /// <summary>One of them.</summary>
    internal sealed class Newcomer(Newcomers all, ConnectionContext connection)
    {
        public LinkedListNode<Newcomer> Place { get; set; } = new(null!);

        /// <summary>It has said who it is, or is gone: it is counted no longer.</summary>
        public void Leave() => all.Remove(this);

        public void SendAwayIfWaiting()
        {
            if (all.Remove(this)) SendAway();
        }

        public void SendAway() => connection.Abort(new ConnectionAbortedException("it did not say who it is"));
    }
}
