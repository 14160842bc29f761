namespace AirHil.Rig.Properties;

/// <summary>
/// What a whole run must keep, as a value. A clause that waits for something (<see cref="IsLively"/>) is judged only
/// where the run is calm: no fault acts, and the settling time behind the last one is over. A clause that forbids
/// something is judged at every moment.
/// </summary>
public abstract record Property
{
    private protected Property()
    {
    }

    /// <summary>The step that states it, without its keyword.</summary>
    public abstract string Clause { get; }

    /// <summary>It waits for something, so it is broken by time alone.</summary>
    public virtual bool IsLively => false;

    /// <summary>How long a calm run must go on until it can be broken by time alone.</summary>
    public virtual TimeSpan Patience => TimeSpan.Zero;

    internal abstract PropertyWatch Begin();

    public sealed override string ToString() => Clause;
}
