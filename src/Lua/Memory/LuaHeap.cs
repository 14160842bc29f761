namespace AirHil.Lua.Memory;

/// <summary>
/// One engine's Lua heap. The module's has blocks with places (<see cref="BlockPool"/>) that objects take and
/// collections give back; any other is a count of bytes that grows as objects are made and is set right by each
/// collection. The host's own collector frees the objects; this one only knows what the module's would hold.
/// </summary>
/// <param name="sizes">What each kind of object takes.</param>
/// <param name="limit">Bytes that the script may use; null: what a host can bear.</param>
/// <param name="hasBlocks">True: the module's heap of blocks, which needs a limit.</param>
/// <param name="full">The error of an allocation that fails.</param>
internal sealed partial class LuaHeap(HeapSizes sizes, long? limit, bool hasBlocks, Func<Exception> full)
{
    /// <summary>Without a limit of its own an engine still refuses what no host should be asked for.</summary>
    private const long CapBytes = 1L << 30;

    private readonly long _limit = Math.Min(limit ?? CapBytes, CapBytes);
    private uint _nextAddress = 0x0C700000u;
    private long _threshold = 16 * 1024;
    private long _progress;

    public HeapSizes Sizes { get; } = sizes;
    public long Limit => _limit;
    public long Used { get; private set; }
    public long Peak { get; private set; }

    /// <summary>Bytes that the C side holds, where bytes are only counted.</summary>
    public long Base { get; private set; }

    /// <summary>What collectgarbage "count" tells: the bytes asked for, without the allocator's own.</summary>
    public long Asked => _pool is null ? Used : Used - _pool.Overhead;

    /// <summary>Whether an automatic collection is due at the next safe point.</summary>
    public bool Due { get; private set; }

    /// <summary>collectgarbage "stop" and "restart".</summary>
    public bool Stopped { get; set; }

    /// <summary>collectgarbage "setpause", in percent; the module sets 90 before main.lua runs.</summary>
    public int Pause { get; set; } = hasBlocks ? 90 : 200;

    public int StepMultiplier { get; set; } = 200;

    /// <summary>Marks and counts everything reachable; set by the machine.</summary>
    public Action? Recount { get; set; }

    /// <summary>Told when an allocation fails: limit, bytes used, bytes asked for.</summary>
    public Action<long, long, long>? OnAllocationFailed { get; set; }

    public void Charge(long bytes)
    {
        var used = Used + bytes;
        if (used > _limit) used = Emergency(bytes);
        Used = used;
        if (used > Peak) Peak = used;
        if (used > _threshold) Due = !Stopped;
    }

    public void Release(long bytes) => Used -= bytes;

    /// <summary>Takes over the sum of a collection and sets the point of the next one.</summary>
    public void SetUsed(long bytes)
    {
        Used = bytes;
        if (bytes > Peak) Peak = bytes;
        SetThreshold();
    }

    /// <summary>
    /// PUC-Rio waits for (pause) percent and then spreads a cycle over about half a heap's worth of new objects. Where
    /// bytes are only counted a cycle is done at once. The module's heap has steps: see <see cref="SetDebt"/>.
    /// </summary>
    public void SetThreshold()
    {
        const int smallest = 8 * 1024;
        _threshold = _pool is null
            ? Math.Max((Used * Math.Max(Pause, 150L)) / 100, Used + smallest)
            : Asked / 100 * Pause;
        Due = _pool is not null && Asked > _threshold && !Stopped;
    }

    /// <summary>
    /// The full collection before main.lua sets the next cycle with PUC-Rio's own pause: the module sets its shorter
    /// one only behind it (luat_main.c, pmain).
    /// </summary>
    public void Begin()
    {
        const int standardPause = 200;
        _threshold = Asked / 100 * standardPause;
        Due = false;
    }

    /// <summary>Bytes that were allocated since a step was due (GCdebt).</summary>
    public long Debt => Math.Max(Asked - _threshold, 0);

    /// <summary>The next step is due after so many bytes, at once where there is a debt (luaE_setdebt).</summary>
    public void SetDebt(long debt)
    {
        _threshold = Asked - debt;
        Due = debt > 0 && !Stopped;
    }

    /// <summary>
    /// One step of PUC-Rio's incremental collector, of that many kilobytes or of its basic size: true where the step
    /// ends a cycle, which is when our collector, which has no smaller steps, is to run.
    /// </summary>
    public bool Step(long kilobytes)
    {
        const int BasicStep = 2400;
        _progress += Math.Max(kilobytes * 1024, BasicStep) * Math.Max(StepMultiplier, 40) / 100;
        if (_progress < Used) return false;
        _progress = 0;
        return true;
    }

    /// <summary>The deterministic stand-in for an object's address.</summary>
    public uint AddressOf(HeapObject obj)
    {
        if (obj.Address == 0 && !obj.HasFixedAddress)
        {
            obj.Address = _nextAddress;
            _nextAddress += 8;
        }

        return obj.Address;
    }

    private long Emergency(long bytes)
    {
        if (bytes <= _limit) Recount?.Invoke();
        if (bytes <= _limit && Used + bytes <= _limit) return Used + bytes;
        throw Failed(bytes);
    }

    /// <summary>Refuses what no collection could make room for.</summary>
    public void Refuse(long bytes) => throw Failed(bytes);

    private Exception Failed(long bytes)
    {
        OnAllocationFailed?.Invoke(_limit, Used, bytes);
        return full();
    }
}
