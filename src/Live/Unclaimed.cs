namespace AirHil.Live;

/// <summary>
/// What other threads have posted to a world and must be given back where the world ends before it takes it.
/// </summary>
/// <param name="giveBack">Gives one thing back; any thread may be asked to.</param>
internal sealed class Unclaimed<T>(Action<T> giveBack)
    where T : notnull
{
    private readonly HashSet<T> _left = [];
    private bool _hasEnded;

    /// <summary>It is about to be posted. Behind the end it is given back at once.</summary>
    public void Add(T thing)
    {
        lock (_left)
        {
            if (!_hasEnded)
            {
                _left.Add(thing);
                return;
            }
        }

        giveBack(thing);
    }

    /// <summary>The world has taken it.</summary>
    public void Claim(T thing)
    {
        lock (_left) _left.Remove(thing);
    }

    /// <summary>The world takes nothing more: what is left is given back, and what comes later too.</summary>
    public void End()
    {
        T[] left;
        lock (_left)
        {
            _hasEnded = true;
            left = [.. _left];
            _left.Clear();
        }

        foreach (var thing in left) giveBack(thing);
    }
}
